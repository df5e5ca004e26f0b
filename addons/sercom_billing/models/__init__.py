from . import ledger, policy, control, supply, audit, invoice, run, pro_forma, retention, home
