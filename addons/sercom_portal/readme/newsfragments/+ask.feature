Clients ask for service on a public page, with photos, and choose the time of a job among the times that are free.
