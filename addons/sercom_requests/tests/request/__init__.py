from . import test_all_day
from . import test_appointment
from . import test_cancelled_appointment
from . import test_request
from . import test_request_conversion
from . import test_request_form
from . import test_request_stages
from . import test_site_access
