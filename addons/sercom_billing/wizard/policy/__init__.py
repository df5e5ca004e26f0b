from . import sale_make_invoice_advance, sercom_spoken_consent
