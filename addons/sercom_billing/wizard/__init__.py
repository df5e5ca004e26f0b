from . import control
