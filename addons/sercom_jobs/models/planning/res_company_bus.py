from odoo import fields, models


class ResCompany(models.Model):
    """The company is the channel its boards listen to."""

    _inherit = "res.company"

    def _notify_boards(self, job_ids=(), employee_ids=(), starts=(), ends=()):
        """Gather what the boards of this one company are told when the transaction commits.

        :param job_ids: jobs that changed
        :param employee_ids: people whose time changed
        :param starts: instants (UTC) from which their time changed
        :param ends: instants until which it did
        """
        self.ensure_one()
        precommit = self.env.cr.precommit
        if "sercom_board" not in precommit.data:
            precommit.data["sercom_board"] = {}
            # sudo: the board's own channel, whoever changed what it shows
            precommit.add(self.sudo()._send_board_changes)
        changes = precommit.data["sercom_board"].setdefault(
            self.id, {"jobs": set(), "people": set(), "starts": [], "ends": []}
        )
        changes["jobs"].update(job_ids)
        changes["people"].update(employee_ids)
        changes["starts"].extend(starts)
        changes["ends"].extend(ends)

    def _send_board_changes(self):
        for company_id, changes in self.env.cr.precommit.data.pop("sercom_board", {}).items():
            starts, ends = changes["starts"], changes["ends"]
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

    @staticmethod
    def _get_board_channel(company):
        """Channel of a company's boards; not a text, which any visitor could ask for."""
        return (company, "sercom_board")
