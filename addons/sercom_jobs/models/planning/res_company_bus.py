from odoo import fields, models
from odoo.tools import SQL


class ResCompany(models.Model):
    """The company is the channel its boards listen to."""

    _inherit = "res.company"

    def _notify_boards(self, job_ids=(), employee_ids=(), starts=(), ends=(), partner_ids=()):
        """Gather what the boards of this one company are told when the transaction commits.

        :param job_ids: jobs that changed
        :param employee_ids: people whose time changed
        :param starts: instants (UTC) from which their time changed
        :param ends: instants until which it did
        :param partner_ids: partners behind people whose time changed
        """
        self.ensure_one()
        precommit = self.env.cr.precommit
        if "sercom_board" not in precommit.data:
            precommit.data["sercom_board"] = {}
            # sudo: the board's own channel, whoever changed what it shows
            precommit.add(self.sudo()._send_board_changes)
        changes = precommit.data["sercom_board"].setdefault(
            self.id, {"jobs": set(), "people": set(), "partners": set(), "starts": [], "ends": []}
        )
        changes["jobs"].update(job_ids)
        changes["people"].update(employee_ids)
        changes["partners"].update(partner_ids)
        changes["starts"].extend(starts)
        changes["ends"].extend(ends)

    def _send_board_changes(self):
        for company_id, changes in self.env.cr.precommit.data.pop("sercom_board", {}).items():
            starts, ends = changes["starts"], changes["ends"]
            changes["people"].update(self._get_partner_employees(changes["partners"]))
            self.env["bus.bus"]._sendone(
                self._get_board_channel(self.browse(company_id)),
                "sercom_board",
                {
                    "job_ids": sorted(changes["jobs"]),
                    "employee_ids": sorted(changes["people"]),
                    "date_from": fields.Datetime.to_string(min(starts)) if starts else False,
                    "date_to": fields.Datetime.to_string(max(ends)) if ends else False,
                },
            )

    def _get_partner_employees(self, partner_ids):
        """Ids of the employees that these partners stand for."""
        if not partner_ids:
            return set()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT employee.id
                  FROM hr_employee employee
             LEFT JOIN res_users users ON users.id = employee.user_id
             LEFT JOIN fsm_person worker ON worker.employee_id = employee.id
                 WHERE employee.work_contact_id = ANY(%(ids)s)
                    OR users.partner_id = ANY(%(ids)s)
                    OR worker.partner_id = ANY(%(ids)s)
                """,
                ids=list(partner_ids),
            )
        )
        return {employee_id for (employee_id,) in rows}

    @staticmethod
    def _get_board_channel(company):
        """Channel of a company's boards; not a text, which any visitor could ask for."""
        return (company, "sercom_board")
