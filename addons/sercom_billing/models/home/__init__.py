from . import sercom_home
