from . import test_labour
