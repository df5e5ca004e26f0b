from . import test_monday, test_weeks
