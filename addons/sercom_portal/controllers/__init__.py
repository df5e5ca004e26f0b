from . import ask, ask_time, booking, service_file
