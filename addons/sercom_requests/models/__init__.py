from . import (
    service_file,
    request,
    quote,
    evidence,
    ir_module_module,
)
