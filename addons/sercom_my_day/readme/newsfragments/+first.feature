The technician's day on the phone, also without network; who signs out leaves nothing readable.
