from . import test_bad_input
from . import test_base_gaps
from . import test_billing_concurrency
from . import test_ledger
from . import test_ledger_performance
from . import test_machine
from . import test_settlement
