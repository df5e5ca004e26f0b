Selling more hours of a line than the client agreed to authorises nothing: that takes a change order or a spoken consent.
