from . import audit, control, policy
