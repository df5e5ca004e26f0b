from . import (
    test_base_gaps,
    test_billing_concurrency,
    test_ledger,
    test_ledger_performance,
    test_machine,
    test_settlement,
)
