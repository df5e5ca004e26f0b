from . import ask, booking, service_file
