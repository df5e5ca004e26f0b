from . import test_map
from . import test_map_js
