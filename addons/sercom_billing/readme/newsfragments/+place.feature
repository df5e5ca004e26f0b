Work is taxed at its site: an order's delivery address is its site's.
