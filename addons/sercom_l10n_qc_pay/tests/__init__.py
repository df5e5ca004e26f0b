from . import test_call_in
