from . import test_billable_hours, test_rates, test_rounding
