from . import test_bank_access, test_bank_match, test_bank_tour
