from . import test_file_client
from . import test_job_access
from . import test_service_file
