from . import test_pro_forma
