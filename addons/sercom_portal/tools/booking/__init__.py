from . import calendar_file
