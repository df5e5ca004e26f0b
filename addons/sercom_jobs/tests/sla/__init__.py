from . import test_sla
from . import test_sla_alert
from . import test_sla_backdated
from . import test_sla_clock
