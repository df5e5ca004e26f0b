A site is told by its name and its street, so that two sites of one client are not mistaken for each other; the client's only site is filled in on requests, quotes and jobs.
