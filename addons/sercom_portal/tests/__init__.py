from .ask import *
from .booking import *
from .service_file import *
