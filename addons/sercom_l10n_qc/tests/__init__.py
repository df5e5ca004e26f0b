from .appliance import *
from .document import *
from .itinerant import *
from .labour import *
