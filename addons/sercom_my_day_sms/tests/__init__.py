from . import test_on_my_way_sms
