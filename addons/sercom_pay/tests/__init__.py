from .sheet import *
from .export import *
