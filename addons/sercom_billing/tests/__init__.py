from .audit import *
from .control import *
from .invoice import *
from .ledger import *
from .policy import *
from .pro_forma import *
from .run import *
from .supply import *
