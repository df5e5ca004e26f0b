from . import sercom_import
from . import sercom_import_line
from . import sercom_import_client
from . import sercom_import_price
