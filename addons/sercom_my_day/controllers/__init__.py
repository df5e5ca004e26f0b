from . import assets, home, my_day
