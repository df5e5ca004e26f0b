Sites and clients on a map; no address leaves the firm without its consent.
