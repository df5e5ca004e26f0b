Evenings, weekends and emergencies have rates of their own: the hours of each go on a line of its service, or at a surcharge.
