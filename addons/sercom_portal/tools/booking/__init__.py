from . import calendar_file
from . import times
