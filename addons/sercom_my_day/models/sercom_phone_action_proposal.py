from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.sercom_requests.tools.lock import lock_rows


class SercomPhoneAction(models.Model):
    """Work that came too late for its job: a dispatcher decides what becomes of it."""

    _inherit = "sercom.phone.action"

    state = fields.Selection(
        selection_add=[("proposed", "To Decide"), ("discarded", "Discarded")],
        ondelete={"proposed": "set default", "discarded": "set default"},
    )
    content = fields.Json(readonly=True)
    content_text = fields.Text("Content", compute="_compute_content_text")
    picture = fields.Binary(readonly=True, attachment=True, help="The photo, or the signature.")
    decided_by_id = fields.Many2one("res.users", readonly=True)

    @api.depends("content")
    def _compute_content_text(self):
        names = self._get_content_names()
        for action in self:
            content = action.content or {}
            lines = [(names.get(name, name), content[name]) for name in names if name in content]
            action.content_text = "\n".join(
                f"{name}: {value}" for name, value in lines if value not in (None, "", False)
            )

    @api.model
    def _get_content_names(self):
        """Hook: what the office reads of an action's content, ``{key: name}``, in order."""
        return {
            "name": self.env._("Name"),
            "value": self.env._("Answer"),
            "text": self.env._("Text"),
            "date": self.env._("Not before"),
            "found_note": self.env._("Found"),
            "work_note": self.env._("Done"),
            "advice_note": self.env._("Advised"),
            "signed_by": self.env._("Signed by"),
            "over_hours_reason": self.env._("Why more hours"),
        }

    def _check_can_decide(self):
        if not self.env.su and not self.env.user.has_group("fieldservice.group_fsm_dispatcher"):
            raise AccessError(self.env._("Only a dispatcher decides about work that came late."))
        self.check_access("read")
        # Two who decide at the same moment wait for each other.
        lock_rows(self)
        for action in self.sudo():  # sudo: names for a message
            if action.state != "proposed":
                raise UserError(
                    self.env._(
                        "What %(person)s did on %(job)s is decided already, by %(decider)s. "
                        "Nothing was changed.",
                        person=action.user_id.name,
                        job=action.fsm_order_id.name,
                        decider=action.decided_by_id.name or "Sercom",
                    )
                )

    def action_accept(self):
        """Do on the job what these proposals hold, in the name of who did it.

        :raises UserError: when the job does not take it now; it stays to be decided
        """
        self._check_can_decide()
        for action in self.sudo():  # sudo: a dispatcher decides, as was checked
            self.env["sercom.my.day"]._apply_proposal(action)
        self._decide("done")

    def action_discard(self):
        """Have nothing come of these proposals; they stay to be read."""
        self._check_can_decide()
        self._decide("discarded")

    def _decide(self, state):
        # sudo: nobody else writes the log of actions
        self.sudo().write({"state": state, "decided_by_id": self.env.uid})
