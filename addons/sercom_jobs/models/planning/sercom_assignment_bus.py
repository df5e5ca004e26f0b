from odoo import api, models


class SercomAssignment(models.Model):
    """Open capacity boards hear at once what others plan.

    How it works: whatever a transaction changes is gathered, and goes out as one message per
    company when it commits. The message says whose time changed, not how: each board asks for
    those people again, within its user's own rights.
    """

    _inherit = "sercom.assignment"

    @api.model_create_multi
    def create(self, vals_list):
        blocks = super().create(vals_list)
        blocks._tell_boards()
        return blocks

    def write(self, vals):
        res = super().write(vals)
        if not self._changes_when_or_who(vals):
            # What moves a block goes through ``move_blocks``, which tells.
            self._tell_boards()
        return res

    def move_blocks(self, changes):
        blocks = self.browse(map(int, changes))
        before = blocks._get_news()
        res = super().move_blocks(changes)
        # Only now: the savepoint in there would send what was gathered before it.
        blocks._tell_boards(before)
        return res

    def unlink(self):
        before = self._get_news()
        res = super().unlink()
        self.browse()._tell_boards(before)
        return res

    @staticmethod
    def _changes_when_or_who(vals):
        return not {"employee_id", "date_start", "date_end", "state", "fsm_order_id"}.isdisjoint(
            vals
        )

    def _get_news(self):
        """What boards are told of these blocks as they are now.

        :return: ``{company: keyword arguments of its _tell_boards}``
        """
        return {
            company: {
                "job_ids": blocks.fsm_order_id.ids,
                "employee_ids": blocks.employee_id.ids,
                "starts": blocks.mapped("date_start"),
                "ends": blocks.mapped("date_end"),
            }
            for company, blocks in self.sudo().grouped("company_id").items()
        }

    def _tell_boards(self, before=None):
        """Have the boards told of these blocks.

        :param dict before: ``_get_news`` before a change
        """
        for news in (before or {}, self._get_news()):
            for company, values in news.items():
                company._tell_boards(**values)
