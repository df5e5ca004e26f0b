from . import test_home_jobs, test_home_js, test_home_technician
