from . import test_receivable
