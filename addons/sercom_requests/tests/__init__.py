from . import test_request
from . import test_appointment
from . import test_request_conversion
from . import test_quote
from . import test_service_file
