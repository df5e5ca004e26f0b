from . import (
    test_completion_report_parts,
    test_counter_pickup,
    test_job_costs,
    test_job_parts,
    test_job_purchase,
    test_job_purchase_concurrency,
    test_parts_access,
    test_parts_used,
    test_parts_used_concurrency,
    test_pickup_limit,
    test_tools_parts,
)
