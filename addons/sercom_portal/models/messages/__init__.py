from . import sercom_client_notice
from . import sercom_client_message
from . import sercom_client_message_find
from . import sercom_web_request
from . import res_config_settings
