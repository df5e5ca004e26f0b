from .certificate import *
from .forecast import *
from .monday import *
from .report import *
