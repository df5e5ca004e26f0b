from .certificate import *
from .closing import *
from .digest import *
from .forecast import *
from .monday import *
from .receivable import *
from .report import *
