from . import test_letterhead, test_numbers
