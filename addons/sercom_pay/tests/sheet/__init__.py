from . import test_periods
from . import test_overtime
from . import test_due
from . import test_pay_sheet
from . import test_pay_corrections
from . import test_pay_access
from . import test_pay_property
from . import test_pay_concurrency
