from . import test_appliance_repair, test_repair
