from . import test_billable_hours
from . import test_policy_change
from . import test_rates
from . import test_rounding
