from .certificate import *
from .monday import *
from .report import *
