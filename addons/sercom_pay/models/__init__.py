from . import sheet
from . import export
