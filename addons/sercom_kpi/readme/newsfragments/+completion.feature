Open jobs show the margin that they may end with, as a range, and what would save it; a manager is told once.
