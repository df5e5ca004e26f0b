from . import audit, control, invoice, policy, run
