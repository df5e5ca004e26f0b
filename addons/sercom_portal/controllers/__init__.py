from . import ask, booking, payment, quote, service_file
