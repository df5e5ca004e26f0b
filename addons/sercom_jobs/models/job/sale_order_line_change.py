from odoo import api, models


class SaleOrderLine(models.Model):
    """The one door of an order's line: what happens when it is made, changed or deleted.

    How it works: no other file of the suite above ``sercom_requests`` overrides ``create``,
    ``write`` or ``unlink`` of a line. They call these hooks, once for the set; a room that follows
    the lines extends the one it needs, and calls ``super()`` first.
    """

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._after_create()
        return lines

    def write(self, vals):
        before = self._get_change_snapshot(vals)
        res = super().write(vals)
        self._after_change(vals, before)
        return res

    def unlink(self):
        before = self._get_unlink_snapshot()
        res = super().unlink()
        self.browse()._after_unlink(before)
        return res

    def _after_create(self):
        """Hook: pass new lines on."""

    def _get_change_snapshot(self, vals):
        """Hook: what ``_after_change`` compares with; nothing costly unless ``vals`` need it.

        :param dict vals: what is about to be written
        :return: ``{name of the extension: what it needs}``
        """
        return {}

    def _after_change(self, vals, before):
        """Hook: pass a change on.

        :param dict vals: what was written
        :param dict before: ``_get_change_snapshot`` before it was
        """

    def _get_unlink_snapshot(self):
        """Hook: what ``_after_unlink`` needs of lines that are about to be deleted.

        :return: ``{name of the extension: what it needs}``
        """
        return {}

    def _after_unlink(self, before):
        """Hook: clean up after deleted lines; the set is empty.

        :param dict before: ``_get_unlink_snapshot`` before they were
        """
