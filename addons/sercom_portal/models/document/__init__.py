from . import account_move
from . import crm_lead
from . import payment_transaction
from . import sale_order
from . import sercom_service_file
