A pro forma of a quote or a job is printed, sent and paid online; the invoice deducts what was paid.
