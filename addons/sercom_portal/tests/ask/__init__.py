from . import test_ask_http
from . import test_form
