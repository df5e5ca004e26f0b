from . import (
    sercom_field_access_mixin,
    sercom_link_mixin,
    service_file,
    evidence,
    request,
    quote,
    home,
    ir_actions_report,
    ir_attachment,
    ir_module_module,
    mail_link_preview,
    res_users,
)
