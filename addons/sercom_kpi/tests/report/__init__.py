from . import test_facts
from . import test_kpi_access
from . import test_kpi_cards
from . import test_kpi_tour
from . import test_ratios
from . import test_load
