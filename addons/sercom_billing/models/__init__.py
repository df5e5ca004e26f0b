from . import ledger, policy, control
