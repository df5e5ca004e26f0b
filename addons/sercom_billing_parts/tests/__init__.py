from . import test_bought_parts
