from . import test_page
from . import test_page_http
from . import test_steps
from . import test_pay
from . import test_readers
