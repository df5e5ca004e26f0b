from . import test_facts, test_kpi_access, test_kpi_tour, test_ratios
