from . import service_file
from . import ask
from . import booking
from . import document
from . import messages
