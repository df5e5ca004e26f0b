The billing ledger: no hour is billed twice, none is dropped, whatever the order of invoices, credit notes and late hours.
