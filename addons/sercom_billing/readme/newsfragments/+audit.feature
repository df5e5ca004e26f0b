*Billing Audit* of a job: each hour, part and price with its fate and document, as known on a date; page and PDF.
