from . import ask, ask_time, booking, payment, quote, service_file
