from .clock import *
from .hours import *
