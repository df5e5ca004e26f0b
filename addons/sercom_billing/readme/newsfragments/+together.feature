One invoice for all done jobs of a client in a period: sections by job and site; each job's service file counts its own lines.
