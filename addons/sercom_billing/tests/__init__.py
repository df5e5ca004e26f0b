from .audit import *
from .control import *
from .ledger import *
from .policy import *
from .supply import *
