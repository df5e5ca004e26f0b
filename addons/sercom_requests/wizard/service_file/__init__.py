from . import (
    base_partner_merge,
    sercom_service_file_merge,
)
