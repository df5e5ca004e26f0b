from . import test_request
from . import test_appointment
from . import test_request_conversion
