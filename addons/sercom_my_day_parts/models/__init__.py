from . import sercom_my_day
