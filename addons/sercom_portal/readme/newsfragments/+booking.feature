Visitors choose a free time with their request; clients move or cancel a visit by the link.
