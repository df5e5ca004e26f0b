Messages to clients: one list of what is written by itself, each on or off.
