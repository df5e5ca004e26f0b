from . import test_call
from . import test_caller
from . import test_home
from . import test_terms
