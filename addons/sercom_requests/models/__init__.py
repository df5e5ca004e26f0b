from . import (
    sercom_field_access_mixin,
    sercom_link_mixin,
    service_file,
    request,
    quote,
    evidence,
    ir_module_module,
)
