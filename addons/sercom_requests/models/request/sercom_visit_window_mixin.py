from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SercomVisitWindowMixin(models.AbstractModel):
    """A record that knows the time window the client wishes; the job's fields have these names."""

    _name = "sercom.visit.window.mixin"
    _description = "Time window of a visit"

    # Not copied: what is wished for the next visit is asked anew.
    request_early = fields.Datetime(
        "Earliest Visit", copy=False, help="Start of the time window the client wishes."
    )
    request_late = fields.Datetime(
        "Latest Visit", copy=False, help="End of the time window the client wishes."
    )

    @api.constrains("request_early", "request_late")
    def _check_request_window(self):
        for record in self:
            early, late = record.request_early, record.request_late
            if early and late and late < early:
                raise ValidationError(
                    self.env._(
                        "%s: the latest visit is before the earliest. Swap the two times.",
                        record.name,
                    )
                )
