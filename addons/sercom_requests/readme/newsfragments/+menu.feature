The menu has room for all of it at 1366 pixels: clients, sites, files and appointments are under Clients. Sites and appointments are cards on a phone.
