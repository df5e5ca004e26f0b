from .job import (
    test_conversion_concurrency,
    test_installation,
    test_job_access,
    test_job_conversion,
    test_job_edge_cases,
    test_job_invoice,
    test_job_lifecycle,
    test_job_lines,
    test_job_performance,
    test_job_schedule,
    test_tools,
)
from .planning import (
    test_assignment,
    test_assignment_calendar,
    test_assignment_concurrency,
    test_assignment_job,
    test_board_bus,
    test_board_data,
    test_capacity,
    test_capacity_board_js,
    test_capacity_board_tour,
    test_job_plan,
    test_slots,
    test_scheduler,
    test_soft_conflicts,
    test_work_time,
)
from .sla import (
    test_sla,
    test_sla_alert,
    test_sla_backdated,
    test_sla_clock,
)
from .completion import (
    test_checklist,
    test_checklist_concurrency,
    test_checklist_tools,
    test_completion,
    test_completion_concurrency,
    test_job_report,
)
from .home import (
    test_home_jobs,
)
