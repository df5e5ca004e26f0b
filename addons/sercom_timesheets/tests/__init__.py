from .clock import (
    test_clock,
    test_clock_concurrency,
    test_clock_correction,
    test_completion,
    test_clock_property,
    test_clock_rules,
    test_correction_concurrency,
    test_forgotten,
    test_forgotten_tools,
    test_job_dates,
    test_presence,
    test_refused_punch,
)
from .hours import (
    test_approval,
    test_hours_kept,
    test_timesheets,
)
