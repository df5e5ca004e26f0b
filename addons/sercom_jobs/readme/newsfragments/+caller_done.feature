The caller search also shows the last jobs that are done; booking a free slot says who comes when.
