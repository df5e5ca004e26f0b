from . import report
from . import certificate
from . import monday
from . import forecast
