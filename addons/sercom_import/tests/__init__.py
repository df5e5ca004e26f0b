from . import test_values
from . import test_import
