from . import test_quote
from . import test_quote_site
