from . import test_kpi_parts
from . import test_parts_to_come
