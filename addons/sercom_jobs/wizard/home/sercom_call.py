from odoo import models


class SercomCall(models.TransientModel):
    """A call that ends as a job: who calls goes away with a time."""

    _inherit = "sercom.call"

    def action_find_slot(self):
        """Make the job of this one call, and propose the free slots for it.

        :raises UserError: when the call has no site, or no address to make one of
        """
        self._make_request().action_convert_to_job()
        return self.opportunity_id._find_job()[self.opportunity_id].action_find_slot()
