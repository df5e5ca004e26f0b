from . import sercom_accounting_prepare
