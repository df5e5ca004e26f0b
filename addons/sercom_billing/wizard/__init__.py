from . import audit, control, invoice, policy, retention, run
