from . import test_changes
from . import test_pay_export
