from odoo import models


class SercomAssignment(models.Model):
    """Open capacity boards hear at once what others plan.

    How it works: whatever a transaction changes is gathered, and goes out as one message per
    company when it commits. The message says whose time changed, not how: each board asks for
    those people again, within its user's own rights.
    """

    _inherit = "sercom.assignment"

    def _get_board_changes(self):
        """What boards are told of these blocks as they are now.

        :return: ``{company: keyword arguments of its _notify_boards}``
        """
        return {
            company: {
                "job_ids": blocks.fsm_order_id.ids,
                "employee_ids": blocks.employee_id.ids,
                "starts": blocks.mapped("date_start"),
                "ends": blocks.mapped("date_end"),
            }
            # sudo: boards show all, whoever changes a block
            for company, blocks in self.sudo().grouped("company_id").items()
        }

    def _notify_boards(self, before=None):
        """Have the boards told of these blocks.

        :param dict before: ``_get_board_changes`` before a change
        """
        for changes in (before or {}, self._get_board_changes()):
            for company, values in changes.items():
                company._notify_boards(**values)
