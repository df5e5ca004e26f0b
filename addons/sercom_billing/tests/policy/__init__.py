from . import test_billable_hours, test_policy_change, test_rates, test_rounding
