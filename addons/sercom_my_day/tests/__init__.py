from . import test_my_day
from . import test_my_day_http
from . import test_my_day_js
from . import test_my_day_page
from . import test_my_day_sign_out
from . import test_my_day_sync
from . import test_my_day_tools
from . import test_on_my_way
