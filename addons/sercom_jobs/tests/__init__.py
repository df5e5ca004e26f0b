from . import (
    test_assignment,
    test_assignment_calendar,
    test_assignment_job,
    test_conversion_concurrency,
    test_job_conversion,
    test_job_edge_cases,
    test_job_invoice,
    test_job_lifecycle,
    test_job_lines,
    test_job_performance,
    test_job_schedule,
    test_tools,
)
