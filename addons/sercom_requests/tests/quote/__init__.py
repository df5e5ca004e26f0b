from . import test_invoice_file
from . import test_quote
from . import test_quote_ask
from . import test_quote_site
from . import test_quote_stage
