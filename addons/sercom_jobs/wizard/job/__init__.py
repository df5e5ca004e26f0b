from . import (
    sale_mass_cancel_orders,
    sercom_job_cancel,
)
