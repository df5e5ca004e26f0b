from . import sercom_spoken_consent
