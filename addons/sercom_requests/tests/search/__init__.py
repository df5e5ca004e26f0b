from . import test_search_js
