from . import control, policy
