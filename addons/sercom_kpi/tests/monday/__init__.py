from . import test_bad_input
from . import test_monday
from . import test_targets
from . import test_weeks
from . import test_missed_targets
