from . import ledger, policy, control, supply, audit, invoice, pro_forma, home
