from .ask import *
from .booking import *
from .messages import *
from .service_file import *
