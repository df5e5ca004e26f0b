The accountant imports the bank's statement and matches its lines with invoices, in Odoo Community.
