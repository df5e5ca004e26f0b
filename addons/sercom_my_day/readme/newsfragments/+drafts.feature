What is typed on a job that is over, or somebody else's, goes two weeks later, never while something of the job waits.
