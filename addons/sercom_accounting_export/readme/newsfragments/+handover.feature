Invoices, credit notes and payments go to QuickBooks, Sage 50 or another program as files that agree with the ledger, each of them once.
