from odoo import api, models

from odoo.addons.sercom_requests.tools.field_access import (
    DISPATCHER,
    OFFICE,
    TECHNICIAN,
    merge_fields,
)


class FsmOrder(models.Model):
    """Who may write what of a job: each room names its own fields so.

    What depends on the job itself, as its state or a signature, is refused in the door's
    ``_check_change``.
    """

    _inherit = "fsm.order"

    @api.model
    def _get_writable_fields(self):
        return merge_fields(
            super()._get_writable_fields(),
            {
                TECHNICIAN: {
                    "color",
                    "contact_id",
                    "description",
                    "equipment_ids",
                    "location_directions",
                    "resolution",
                    "stage_id",
                    "state",  # by its stage, with all the checks of it
                    "tag_ids",
                    "todo",
                },
                # Who is served, where, by whom, when, how soon and on whose bill.
                OFFICE: {
                    "category_ids",
                    "company_id",
                    "date_end",
                    "date_start",
                    "location_id",
                    "partner_id",
                    "person_id",
                    "person_ids",
                    "priority",  # the service level follows it
                    "project_id",
                    "project_task_id",
                    "request_early",
                    "request_late",
                    "scheduled_date_end",
                    "scheduled_date_start",
                    "scheduled_duration",
                    "sequence",
                    "team_id",
                    "template_id",
                    "type",
                },
            },
        )

    @api.model
    def _get_creatable_fields(self):
        return merge_fields(super()._get_creatable_fields(), {DISPATCHER: {"name"}})

    @api.model
    def _prepare_new_vals(self, vals_list):
        self._check_given_people(vals_list)
        return super()._prepare_new_vals(vals_list)

    def _check_change(self, vals):
        super()._check_change(vals)
        self._check_given_people([vals])

    def _check_given_people(self, vals_list):
        """Refuse a client, contact or site that the user may not read: the job would tell them."""
        if not self.env.su:
            for name in ("partner_id", "contact_id", "location_id"):
                if given := self._get_given(vals_list, name).with_env(self.env):
                    given.check_access("read")

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        # The chatter tells who did what: what others wrote is rewritten by who may delete the job.
        if message_operation in ("write", "unlink"):
            return dict.fromkeys(self, "unlink")
        return super()._mail_get_operation_for_mail_message_operation(message_operation)

    def _get_field_refusal(self, field):
        if not self:
            return super()._get_field_refusal(field)
        lists = self._get_writable_fields()
        values = {"field": field._description_string(self.env), "job": self._get_told_name()}
        if field.name in lists.get(OFFICE, ()):
            return self.env._(
                "Only the office changes “%(field)s” of %(job)s. Call them.", **values
            )
        if field.name in lists.get(DISPATCHER, ()):
            return self.env._(
                "Only a dispatcher changes “%(field)s” of %(job)s. Ask the office.", **values
            )
        return self.env._(
            "“%(field)s” of %(job)s is noted by itself: nobody writes it by hand.", **values
        )
