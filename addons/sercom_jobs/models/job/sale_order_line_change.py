from odoo import api, models
from odoo.exceptions import UserError


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
        given = zip(lines, vals_list, strict=True)
        typed = [line.id for line, vals in given if vals.get("qty_delivered")]
        lines.browse(typed)._check_delivered_by_hand()
        lines._after_create()
        return lines

    def write(self, vals):
        if "qty_delivered" in vals:
            self._check_delivered_by_hand()
        before = self._get_change_snapshot(vals)
        res = super().write(vals)
        self._after_change(vals, before)
        return res

    def unlink(self):
        before = self._get_unlink_snapshot()
        res = super().unlink()
        self.browse()._after_unlink(before)
        return res

    def _check_delivered_by_hand(self):
        """Refuse a delivered quantity that somebody types where the job tells it."""
        if self.env.su:
            return
        # sudo: the rule holds whoever may open the job
        told = self.sudo().filtered(
            lambda line: line.fsm_order_id and line.qty_delivered_method != "manual"
        )
        if told:
            raise UserError(
                self.env._(
                    "What is delivered of “%(line)s” comes from %(job)s: its hours, its parts or "
                    "that it is done. Change it there.",
                    line=told[0].display_name,
                    job=told[0].fsm_order_id.name,
                )
            )

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
