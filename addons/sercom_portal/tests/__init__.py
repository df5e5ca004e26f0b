from .ask import *
from .service_file import *
