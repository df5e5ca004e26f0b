from . import report
from . import certificate
