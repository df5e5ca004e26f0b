Clients with their sites and the price list are taken over from a spreadsheet, which is looked through first.
