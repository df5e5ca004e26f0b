The form of a site shows client, address, contact on site and access notes above the fold, without stages; it and the client's form count and open requests, files and jobs.
