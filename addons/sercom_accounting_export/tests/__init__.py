from . import test_money
from . import test_files
from . import test_batch
from . import test_hand_over_access
from . import test_told
