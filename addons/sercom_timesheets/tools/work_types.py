"""What time is spent on: of a clock entry, and of the hours made of it."""

WORK_TYPES = [("work", "Work"), ("travel", "Travel"), ("other", "Other")]
