from . import ask, service_file
