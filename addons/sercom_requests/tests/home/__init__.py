from . import test_call
from . import test_caller
from . import test_clients
from . import test_home
from . import test_home_js
from . import test_site_names
from . import test_terms
