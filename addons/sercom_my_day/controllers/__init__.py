from . import home, my_day
