from . import service_file
