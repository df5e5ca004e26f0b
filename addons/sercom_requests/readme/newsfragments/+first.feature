Requests, sites, appointments, evidence and quotes of one client need are kept in a service file.
