from . import test_work_time
from . import test_work_time_of_odoo
