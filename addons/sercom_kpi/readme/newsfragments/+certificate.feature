A certificate compares each total of a month with the same reckoned another way.
