Québec: repairs of household appliances have their estimates, price ceiling, consents and invoices as the Consumer Protection Act asks.
