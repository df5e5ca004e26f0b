Clients follow each of their needs on one page of the portal: quotes, visits, jobs, photos, reports and invoices; they write to the office and ask again from there.
