from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_datetime

TO_SHOW = 8


class SercomSlotFind(models.TransientModel):
    """Proposals of free slots for one job; one click books."""

    _name = "sercom.slot.find"
    _inherit = ["sercom.field.access.mixin"]
    _description = "Find a slot"

    fsm_order_id = fields.Many2one(
        "fsm.order", string="Job", required=True, readonly=True, ondelete="cascade"
    )
    date_from = fields.Datetime("Not Before", help="Searched from now on when empty.")
    date_to = fields.Datetime("Not After", help="Two weeks are searched when empty.")
    line_ids = fields.One2many("sercom.slot.find.line", "wizard_id", readonly=True)

    def action_search(self):
        """Look for slots between the dates of this one dialog, and show them."""
        self.ensure_one()
        slots = self.env["sercom.scheduler"].find_slots(
            self.fsm_order_id.id, self.date_from, self.date_to, TO_SHOW
        )
        self.sudo().line_ids = [  # sudo: what is proposed is Sercom's word, not the reader's
            Command.clear(),
            *(Command.create(self.line_ids._prepare_slot_vals(slot)) for slot in slots),
        ]
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("sercom_jobs.sercom_slot_find_action"),
            "res_id": self.id,
        }


class SercomSlotFindLine(models.TransientModel):
    """One proposal."""

    _name = "sercom.slot.find.line"
    _inherit = ["sercom.field.access.mixin"]
    _description = "Free slot"
    _order = "score desc, date_start, id"

    wizard_id = fields.Many2one("sercom.slot.find", required=True, ondelete="cascade")
    slot = fields.Json(readonly=True)
    people = fields.Char(readonly=True)
    date_start = fields.Datetime("Start", readonly=True)
    date_end = fields.Datetime("End", readonly=True)
    score = fields.Integer(readonly=True, help="0 to 100, the best first.")
    reasons = fields.Text("Why", readonly=True)
    warnings = fields.Text(readonly=True)

    @api.model
    def _prepare_slot_vals(self, slot):
        """Values of a line from an answer of ``sercom.scheduler.find_slots``."""
        return {
            "slot": slot,
            "people": ", ".join(slot["employees"]),
            "date_start": slot["date_start"],
            "date_end": slot["date_end"],
            "score": slot["score"],
            "reasons": " · ".join(slot["reasons"]),
            "warnings": "\n".join(slot["warnings"]),
        }

    def action_book(self):
        """Plan the job with the people of this proposal, who are told; and say for when."""
        self.ensure_one()
        job = self.wizard_id.fsm_order_id
        if not self.slot:
            raise UserError(self.env._("This slot of %s is gone. Search again.", job.name))
        ids = self.env["sercom.scheduler"].book_slot(job.id, self.slot)
        self.env["sercom.assignment"].browse(ids).action_confirm()
        booked = self.env._(
            "%(job)s is booked: %(people)s, %(start)s.",
            job=job.display_name,
            people=self.people,
            start=format_datetime(self.env, self.date_start, dt_format="short"),
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": booked,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
