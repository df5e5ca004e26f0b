from . import (
    test_clock,
    test_clock_concurrency,
    test_clock_rules,
    test_timesheets,
)
