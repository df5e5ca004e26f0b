Quotes, invoices, reports and lists have their letterhead, tax numbers and page numbers on each page, also with Debian's wkhtmltopdf, which draws none; several documents print at once.
