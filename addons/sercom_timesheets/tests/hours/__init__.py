from . import test_approval
from . import test_copied_hours
from . import test_credited_hours
from . import test_hours_kept
from . import test_labour_costs
from . import test_products
from . import test_timesheets
from . import test_writable_fields
