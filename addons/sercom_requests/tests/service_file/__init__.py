from . import test_service_file
