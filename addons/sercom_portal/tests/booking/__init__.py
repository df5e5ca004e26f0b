from . import test_booking
from . import test_booking_concurrency
from . import test_change
from . import test_ask_time
from . import test_calendar_file
