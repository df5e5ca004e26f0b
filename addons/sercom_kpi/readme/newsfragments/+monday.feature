Managers land on Monday: the last week beside the one before and its targets, each figure with how it is made.
