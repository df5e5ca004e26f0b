from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_time

from odoo.addons.sercom_requests.tools.field_access import BILLING, DISPATCHER, MANAGER
from odoo.addons.sercom_requests.tools.home.tile import Tile

from ...tools.home.today import read_today
from ..job.fsm_order import OPEN_STATES

JOBS = "sercom_jobs.sercom_job_action"
TO_PLAN = "sercom_jobs.sercom_job_action_to_plan"
OPEN = ("state", "in", OPEN_STATES)


class SercomHome(models.AbstractModel):
    """Jobs that wait for people, that are late, that are to be billed; and who is where today."""

    _inherit = "sercom.home"

    @api.model
    def _get_tiles(self):
        _start, end_of_today = self._get_today()
        urgent = ["|", ("priority", "in", ("2", "3")), ("request_late", "<", end_of_today)]

        def tile(key, name, domain, tone, groups=(DISPATCHER,), section="jobs", action=JOBS):
            return Tile(key, name, section, "fsm.order", domain, action, groups, tone)

        return [
            *super()._get_tiles(),
            tile(
                "jobs_to_plan_urgent",
                self.env._("To plan, urgent"),
                [("is_to_assign", "=", True), *urgent],
                "danger",
                action=TO_PLAN,
            ),
            tile(
                "jobs_to_plan",
                self.env._("To plan"),
                [("is_to_assign", "=", True)],
                "info",
                action=TO_PLAN,
            ),
            tile(
                "jobs_at_risk",
                self.env._("Service level at risk"),
                [("sla_status", "in", ("late", "at_risk")), OPEN],
                "danger",
            ),
            tile(
                "jobs_past_window",
                self.env._("Past the latest date"),
                [("request_late", "<", fields.Datetime.now()), OPEN],
                "warning",
            ),
            tile(
                "jobs_to_bill",
                self.env._("Done, not billed"),
                [("is_to_bill", "=", True)],
                "warning",
                (DISPATCHER, BILLING, MANAGER),
                "billing",
            ),
        ]

    @api.model
    def _get_panels(self):
        panels = super()._get_panels()
        if self.env.user.has_group(DISPATCHER):
            panels.append(
                {
                    "key": "today",
                    "name": self.env._("Today, by person"),
                    "empty": self.env._("Nobody is planned today."),
                    "rows": self._get_today_rows(),
                }
            )
        return panels

    @api.model
    def _get_today_rows(self):
        """Hook: a row for each person who is planned today: where they are, and what is next.

        :return: list of rows as ``_get_panels`` tells them, with ``employee_id``
        """
        start, end = self._get_today()
        blocks = self.env["sercom.assignment"].search_fetch(
            Domain("date_start", "<", end)
            & Domain("date_end", ">", start)
            & Domain("state", "!=", "cancelled"),
            ["employee_id", "fsm_order_id", "date_start", "date_end", "state"],
            order="date_start, id",
        )
        now = fields.Datetime.now()
        # sudo: who plans people sees their names, without the right to their files
        people = blocks.sudo().grouped("employee_id")
        return [
            {"employee_id": person.id, "title": person.name, **self._describe_today(visits, now)}
            for person, visits in sorted(people.items(), key=lambda item: item[0].name or "")
        ]

    @api.model
    def _describe_today(self, visits, now):
        """Row of one person: the visit of now, or else the next one."""
        today = read_today(
            [(block.date_start, block.date_end, block.state == "done") for block in visits], now
        )
        blocks = list(visits)  # iterated, they are read at once
        block = blocks[today.index if today.index is not None else -1]
        texts = {
            "now": self.env._("Now: %s", self._describe_visit(block)),
            "next": self.env._("Next: %s", self._describe_visit(block)),
            "late": self.env._("Not finished: %s", self._describe_visit(block)),
            "over": self.env._("Nothing left today"),
        }
        return {
            "detail": texts[today.when],
            "tag": self.env._("%(done)s of %(all)s done", done=today.done, all=len(visits)),
            "tone": {"now": "info", "late": "warning"}.get(today.when, "none"),
            "model": "fsm.order",
            "id": block.fsm_order_id.id,
        }

    @api.model
    def _describe_visit(self, block):
        job = block.fsm_order_id
        time = format_time(self.env, block.date_start, time_format="short")
        return ", ".join(filter(None, (time, job.partner_id.name, job.location_id.city)))
