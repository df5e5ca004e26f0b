from . import (
    service_file,
    request,
    quote,
    home,
)
