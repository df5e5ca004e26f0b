Invoices say where which work was done; where the settings ask, also each billed hour with its date, person and rate.
