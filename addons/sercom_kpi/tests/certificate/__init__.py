from . import test_certificate, test_compare, test_random_months
