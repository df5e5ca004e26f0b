Québec: quotes for consumers record who asked first, and warn of what may not be sold at the client's home.
