from .service_file import *
