from . import test_file_client
from . import test_service_file
