from . import (
    test_clock,
    test_clock_concurrency,
    test_clock_property,
    test_clock_rules,
    test_my_day,
    test_my_day_sync,
    test_my_day_tools,
    test_on_my_way,
    test_timesheets,
)
