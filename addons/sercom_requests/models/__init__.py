from . import (
    sercom_field_access_mixin,
    sercom_link_mixin,
    service_file,
    request,
    quote,
    evidence,
    home,
    ir_actions_report,
    ir_attachment,
    ir_module_module,
    mail_thread,
    res_users,
)
