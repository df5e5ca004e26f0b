from . import sercom_parts_decision
