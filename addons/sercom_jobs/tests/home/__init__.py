from . import test_home_jobs
