from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.sercom_requests.tools.field_access import TECHNICIAN

from .sercom_clock_correction import CLOCK_FIELDS, NEW_FIELDS, OFFICER, OLD_FIELDS

# The evidence, which Sercom writes itself whatever a proposal says of it.
OWN_FIELDS = frozenset(
    {
        *OLD_FIELDS,
        "source",
        "state",
        "punch_uuid",
        "punch_out_uuid",
        "proposed_by_id",
        "proposed_on",
        "decided_by_id",
        "decided_on",
        "company_id",
    }
)


class SercomClockCorrection(models.Model):
    """The one door of a correction, and who writes which of its fields.

    How it works: people propose, and supervisors adjust what waits for a decision
    (``_get_writable_fields``); the rest is evidence. So a proposal is checked as its user's, and
    stored as superuser together with what the entry says. Decisions write as superuser.
    """

    _name = "sercom.clock.correction"
    _inherit = ["sercom.clock.correction", "sercom.field.access.mixin"]

    @api.model
    def _get_writable_fields(self):
        fields = super()._get_writable_fields()
        own = {*NEW_FIELDS, "reason", "decision_note"}
        return {**fields, OFFICER: fields.get(OFFICER, set()) | own}

    @api.model
    def _get_creatable_fields(self):
        fields = super()._get_creatable_fields()
        own = {*NEW_FIELDS, "reason", "attendance_id", "employee_id"}
        groups = (TECHNICIAN, OFFICER)
        return {**fields, **{group: fields.get(group, set()) | own for group in groups}}

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self.check_access("create")
            vals_list = [
                {name: value for name, value in vals.items() if name not in OWN_FIELDS}
                for vals in vals_list
            ]
            self._check_new_fields(vals_list)
            vals_list = [self._prepare_proposal(vals) for vals in vals_list]
        vals_list = [self._prepare_reason(self._complete(vals)) for vals in vals_list]
        self._withdraw_replaced(vals_list)
        # sudo: what the user gives was checked, and the evidence is Sercom's to write.
        corrections = super(SercomClockCorrection, self.sudo()).create(vals_list)
        corrections = corrections.with_env(self.env)
        corrections.check_access("create")
        corrections._after_create()
        return corrections

    def write(self, vals):
        self._check_change(vals)
        return super().write(vals)

    def _check_change(self, vals):
        """Refuse that people change what was decided."""
        if self.env.su:
            return
        for correction in self:
            if correction.state != "proposed":
                raise UserError(
                    self.env._(
                        "%s is decided. Propose another correction.", correction.display_name
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        for correction in self:
            if correction.state in ("accepted", "refused"):
                raise UserError(
                    self.env._(
                        "%s: a correction that was decided is kept, for it says what the entry "
                        "was before.",
                        correction.display_name,
                    )
                )

    def _check_own_job(self):
        """Refuse that somebody hangs their own hours on a job that they may not open.

        A proposal tells who made it of its job.

        :raises AccessError: naming the way out
        """
        if self.env.su:
            return
        for correction in self.sudo():  # sudo: only to find the job; the user's rights are asked
            job = correction.new_fsm_order_id
            is_other = job != correction.old_fsm_order_id
            own = correction.source == "technician" and is_other
            if own and not job.sudo(False).has_access("read"):
                raise AccessError(
                    self.env._("This job is none of yours. Choose one that you were planned on.")
                )

    @api.model
    def _prepare_proposal(self, vals):
        """Values of a correction that a person proposes, with who is asking.

        :raises AccessError: when the hours are somebody else's, and the user no supervisor
        """
        context = self.env.context
        given = {
            name: context[f"default_{name}"]
            for name in ("attendance_id", "employee_id")
            if f"default_{name}" in context
        }
        vals = {**given, **vals}
        # sudo: whose hours they are decides who may propose.
        employee = self.env["hr.employee"].sudo().browse(vals.get("employee_id"))
        entry = self.env["hr.attendance"].browse(vals.get("attendance_id"))
        if entry:
            entry.check_access("read")
            # sudo: whose hours they are decides who may propose
            employee = entry.sudo().employee_id
        employee = employee or self.env.user.employee_id
        if not employee:
            raise UserError(
                self.env._(
                    "%s has no employee record, and so no hours. Ask the office to make one.",
                    self.env.user.name,
                )
            )
        own = employee.user_id == self.env.user
        if not own and not self.env.user.has_group(OFFICER):
            raise AccessError(
                self.env._("Only a supervisor corrects the hours of %s.", employee.name)
            )
        return {
            **vals,
            "employee_id": employee.id,
            "source": "technician" if own else "direct",
            "state": "proposed",
            "proposed_by_id": self.env.uid,
            "proposed_on": fields.Datetime.now(),
        }

    @api.model
    def _complete(self, vals):
        """Values with what the entry says now, and what does not change of it."""
        # sudo: what the entry says is the evidence; reading was checked
        entry = self.env["hr.attendance"].sudo().browse(vals.get("attendance_id"))
        if not entry:
            return vals
        old = {**self._prepare_old_vals(entry), "employee_id": entry.employee_id.id}
        new = {f"new_{name}": old[f"old_{name}"] for name in CLOCK_FIELDS}
        return {**old, **new, **vals}

    @api.model
    def _prepare_reason(self, vals):
        """Values that store the reason at once, and not once the correction is there."""
        return {"typed_reason" if name == "reason" else name: vals[name] for name in vals}

    @api.model
    def _prepare_old_vals(self, entry):
        return {
            f"old_{name}": entry[name].id if name == "fsm_order_id" else entry[name]
            for name in CLOCK_FIELDS
        }

    @api.model
    def _withdraw_replaced(self, vals_list):
        """What the same person proposed before of the same entry gives way to the new."""
        replaced = [
            vals["attendance_id"]
            for vals in vals_list
            if vals.get("source", "technician") == "technician" and vals.get("attendance_id")
        ]
        if replaced:
            # sudo: the person's own proposals, which they may not write
            self.sudo().search(
                [
                    ("attendance_id", "in", replaced),
                    ("source", "=", "technician"),
                    ("state", "=", "proposed"),
                ]
            )._close("withdrawn", self.env._("Replaced by a newer proposal."))

    def _after_create(self):
        """Check what people propose, and ask the supervisors for a decision."""
        proposed = self.filtered(lambda correction: correction.state == "proposed")
        people = proposed.filtered(lambda c: c.source in ("technician", "direct"))
        people._check_own_job()
        people._check_proposal()
        proposed._ask_for_decision()
