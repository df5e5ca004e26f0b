from odoo import api, models

from .hr_attendance_overlap import SPAN_FIELDS


class HrAttendance(models.Model):
    """The one door of a clock entry: what happens when it is made, changed or deleted.

    How it works: no other file of this add-on overrides ``create``, ``write`` or ``unlink`` of an
    entry. They call these hooks, in this order:

    1. ``_check_change`` / ``_check_unlink``: refuse, before anything is stored
    2. ``_prepare_new_vals``: complete the values of new entries
    3. ``_get_change_snapshot`` / ``_get_unlink_snapshot``: what there was before
    4. ``_before_unlink``: what has to go first
    5. ``super()``: Odoo; the database refuses what overlaps
    6. ``_after_create`` / ``_after_change`` / ``_after_unlink``: pass the change on

    An extension calls ``super()`` first, touches what is its own, and does not count on what
    another one does in the same hook. Why hours change is told by ``tools.hours.hours_change``.
    """

    _inherit = "hr.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = self._prepare_new_vals(vals_list)
        spans = [self._get_new_span(vals) for vals in vals_list]
        with self.browse()._refusing_overlaps([span for span in spans if span[0]]):
            entries = super().create(vals_list)
        entries._after_create(vals_list)
        return entries

    def write(self, vals):
        self._check_change(vals)
        before = self._get_change_snapshot(vals)
        if SPAN_FIELDS.isdisjoint(vals):
            super().write(vals)
        else:
            with self._refusing_overlaps([entry._get_new_span(vals) for entry in self]):
                super().write(vals)
                self.flush_recordset()
        self._after_change(vals, before)
        return True

    def unlink(self):
        self._check_unlink()
        before = self._get_unlink_snapshot()
        self._before_unlink()
        res = super().unlink()
        self._after_unlink(before)
        return res

    @api.model
    def _prepare_new_vals(self, vals_list):
        """Hook: values of new entries, completed; once for the set.

        :param list vals_list: values as given, not to be changed in place
        :return: as many values, in the same order
        """
        return [dict(vals) for vals in vals_list]

    def _after_create(self, vals_list):
        """Hook: pass new entries on; once for the set.

        :param list vals_list: the values they were made with, one for each entry
        """

    def _check_change(self, vals):
        """Hook: refuse ``vals``; once for the set, before anything is stored.

        :raises AccessError: when the user may not make this change
        :raises UserError: when nobody may, naming the entry and the way out
        """

    def _get_change_snapshot(self, vals):
        """Hook: what ``_after_change`` compares with; once for the set.

        :param dict vals: what is about to be written
        :return: ``{name of the extension: what it needs}``
        """
        return {}

    def _after_change(self, vals, before):
        """Hook: pass a change on; once for the set.

        :param dict vals: what was written
        :param dict before: ``_get_change_snapshot`` before it was
        """

    def _check_unlink(self):
        """Hook: refuse to delete; once for the set.

        :raises UserError: naming the entry and the way out
        """

    def _get_unlink_snapshot(self):
        """Hook: what ``_after_unlink`` needs: ``{name of the extension: what it needs}``."""
        return {}

    def _before_unlink(self):
        """Hook: keep or remove what hangs on entries that are about to be deleted."""

    def _after_unlink(self, before):
        """Hook: clean up after deleted entries.

        :param dict before: ``_get_unlink_snapshot`` before they were
        """
