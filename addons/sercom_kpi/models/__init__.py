from . import report
from . import certificate
from . import monday
from . import forecast
from . import closing
from . import digest
from . import receivable
