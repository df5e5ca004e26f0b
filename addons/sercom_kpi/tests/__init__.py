from . import certificate, monday, report
