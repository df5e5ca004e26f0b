from .service_file import (
    test_service_file,
)
from .request import (
    test_request,
    test_appointment,
    test_request_conversion,
    test_site_access,
)
from .quote import (
    test_quote,
)
from .evidence import (
    test_evidence_access,
)
from .home import (
    test_call,
    test_caller,
    test_home,
    test_terms,
)
from . import test_printing
