from .ask import *
from .booking import *
from .document import *
from .messages import *
from .service_file import *
