Parts planned and used, on the technician's phone, also without network.
