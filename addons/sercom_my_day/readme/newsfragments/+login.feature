Technicians sign in on a page of 6 kB; the page and its bundles are sent compressed.
