from odoo import api, models

# What decides when whose working time a leave takes.
SPAN_FIELDS = {"date_from", "date_to", "calendar_id", "company_id", "resource_id", "time_type"}


class ResourceCalendarLeaves(models.Model):
    """The one door of time off: what happens when it is made, changed or deleted.

    A validated leave (``hr.leave``), a public holiday and a day entered by hand are all records
    of this model; a refused or cancelled one is deleted.

    How it works: no other file overrides ``create``, ``write`` or ``unlink``. They call these
    hooks, once for the set: ``_get_change_snapshot`` before anything is stored, ``_after_change``
    after it. Who follows time off extends them, and calls ``super()`` first.
    """

    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        before = self.browse()._get_change_snapshot()
        leaves = super().create(vals_list)
        leaves._after_change(before)
        return leaves

    def write(self, vals):
        if SPAN_FIELDS.isdisjoint(vals):
            return super().write(vals)
        before = self._get_change_snapshot()
        res = super().write(vals)
        if "resource_id" in vals:
            self.check_access("write")  # nor may they give it to somebody whose it cannot be
        self._after_change(before)
        return res

    def unlink(self):
        before = self._get_change_snapshot()
        res = super().unlink()
        self.browse()._after_change(before)
        return res

    def _get_change_snapshot(self):
        """Hook: what ``_after_change`` compares with, of leaves before they change.

        :return: ``{name of the extension: what it needs}``; nothing of new ones
        """
        return {}

    def _after_change(self, before):
        """Hook: pass on which working time is taken now, and no longer; none when deleted.

        :param dict before: ``_get_change_snapshot``
        """
