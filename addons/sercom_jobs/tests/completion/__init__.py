from . import test_checklist
from . import test_checklist_concurrency
from . import test_checklist_tools
from . import test_completion
from . import test_completion_concurrency
from . import test_job_report
