Sercom opens on a home page that shows what needs you now; one box finds whoever calls by name, phone, address, e-mail or number, and a new call notes client, site and request at once.
