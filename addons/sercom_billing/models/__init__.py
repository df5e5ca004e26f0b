from . import ledger, policy, control, supply, audit, invoice, home
