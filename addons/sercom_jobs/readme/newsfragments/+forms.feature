A job shows who, where, when, the window wished and its hours (sold, planned, worked) at a glance; Plan without a start opens the free slots, and booking one plans the job.
