from . import control, ledger, policy
