from . import test_my_day_parts
from . import test_my_day_parts_http
from . import test_my_day_parts_js
from . import test_my_day_parts_page
