from .service_file import *
from .request import *
from .quote import *
from .evidence import *
from .home import *
from . import test_local_time
from . import test_printing
from . import test_recipients
