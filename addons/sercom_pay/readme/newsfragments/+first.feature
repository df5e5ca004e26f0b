Pay sheets: what each worker is due for a period from approved hours, what was paid before, corrections on the next sheet, and a file for the payroll office.
