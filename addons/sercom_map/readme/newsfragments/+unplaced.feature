The number of those without a place on the map opens their list.
