from .clock import (
    test_clock,
    test_clock_concurrency,
    test_clock_correction,
    test_completion,
    test_clock_property,
    test_clock_review,
    test_clock_rules,
    test_closed_fields,
    test_correction_concurrency,
    test_forged_keys,
    test_forgotten,
    test_forgotten_tools,
    test_job_dates,
    test_presence,
    test_refused_punch,
    test_top_bar,
)
from .hours import (
    test_approval,
    test_hours_kept,
    test_labour_costs,
    test_products,
    test_timesheets,
    test_writable_fields,
)
from .my_day import (
    test_my_day,
    test_my_day_http,
    test_my_day_page,
    test_my_day_sync,
    test_my_day_tools,
    test_on_my_way,
)
