from . import (
    test_authorized_hours,
    test_billable_hours,
    test_cap,
    test_policies,
    test_policy_change,
    test_rates,
    test_rounding,
)
