from . import test_authorized_hours
from . import test_billable_hours
from . import test_cap
from . import test_policies
from . import test_policy_change
from . import test_policy_performance
from . import test_rates
from . import test_rounding
