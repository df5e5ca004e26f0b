from .service_file import (
    test_service_file,
)
from .request import (
    test_request,
    test_appointment,
    test_request_conversion,
)
from .quote import (
    test_quote,
)
