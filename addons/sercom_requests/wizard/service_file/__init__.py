from . import (
    sercom_service_file_merge,
)
