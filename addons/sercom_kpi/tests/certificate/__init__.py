from . import test_certificate
from . import test_compare
from . import test_random_months
