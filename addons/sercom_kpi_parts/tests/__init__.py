from . import test_kpi_parts
