from . import ledger, policy
