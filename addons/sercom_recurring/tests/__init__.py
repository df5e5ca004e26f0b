from . import (
    test_recurrence_rules,
    test_recurring_billing,
    test_recurring_changes,
    test_recurring_concurrency,
    test_recurring_jobs,
    test_recurring_performance,
    test_recurring_sla,
)
