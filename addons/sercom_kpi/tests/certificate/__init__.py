from . import test_certificate, test_compare
