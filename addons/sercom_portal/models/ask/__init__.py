from . import field_access
from . import product_template
from . import res_company
from . import sercom_service_file
from . import sercom_web_request
