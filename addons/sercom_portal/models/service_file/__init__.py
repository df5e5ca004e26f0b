from . import res_partner
from . import sale_order
from . import sercom_call
from . import sercom_photo
from . import sercom_service_file_access
from . import sercom_service_file_actions
from . import sercom_service_file_page
from . import sercom_service_file_sections
