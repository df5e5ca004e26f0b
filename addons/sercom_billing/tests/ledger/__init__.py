from . import test_base_gaps, test_billing_concurrency, test_ledger, test_machine, test_settlement
