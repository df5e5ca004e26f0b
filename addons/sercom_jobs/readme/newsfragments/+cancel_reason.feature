Cancelling a job asks why, and shows what is left to settle (visits, deposits, invoices, hours, parts, purchases) with the way to each.
