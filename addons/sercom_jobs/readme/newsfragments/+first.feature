Jobs are made from quotes, planned on a board, completed with checklists and invoiced one by one.
