Choosing the client of a recurring job fills in their only site.
