from odoo import api, models


class FsmOrder(models.Model):
    """The one door of a job: what happens when it is made, changed or deleted.

    How it works: no other file of the suite above ``sercom_requests`` overrides ``create``,
    ``write`` or ``unlink`` of a job. They call these hooks, in this order, and a room that has
    something to do or to refuse extends the hook it needs:

    1. ``_prepare_new_vals`` / ``_check_change``, ``_prepare_change``: before anything is stored;
       ``_complete_new_vals`` once it is known that the user may write what they gave
    2. ``_get_change_snapshot`` / ``_get_unlink_snapshot``: what there was before
    3. ``super()``: Odoo, OCA and ``sercom_requests``
    4. ``_after_create`` / ``_after_change`` / ``_after_unlink``: pass the change on

    A move of the stage also calls ``_check_transition`` before, ``_after_transition`` and
    ``_after_reopen`` after it (``fsm_order``). An extension calls ``super()`` first, touches what
    is its own, and does not count on what another room does in the same hook.
    """

    _inherit = "fsm.order"

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = self._prepare_new_vals(vals_list)
        jobs = super().create(vals_list)
        jobs._after_create(vals_list)
        return jobs

    def write(self, vals):
        self._check_change(vals)
        for jobs, values in self._prepare_change(vals):
            before = jobs._get_change_snapshot(values)
            super(FsmOrder, jobs).write(values)
            jobs._after_change(values, before)
        return True

    def unlink(self):
        before = self._get_unlink_snapshot()
        res = super().unlink()
        self._after_unlink(before)
        return res

    @api.model
    def _prepare_new_vals(self, vals_list):
        """Hook: values of new jobs, completed; once for the set.

        :param list vals_list: values as given, not to be changed in place
        :return: as many values, in the same order
        """
        return [dict(vals) for vals in vals_list]

    @api.model
    def _prepare_create_values(self, vals_list):
        return self._complete_new_vals(super()._prepare_create_values(vals_list))

    @api.model
    def _complete_new_vals(self, vals_list):
        """Hook: what Sercom notes by itself on new jobs, beside what the user may write.

        :param list vals_list: values with their defaults
        :return: as many values, in the same order
        """
        return vals_list

    def _after_create(self, vals_list):
        """Hook: pass new jobs on; once for the set.

        :param list vals_list: the values they were made with, one for each job
        """

    def _check_change(self, vals):
        """Hook: refuse ``vals``; once for the set, before anything is stored.

        :raises AccessError: when the user may not make this change
        :raises UserError: when nobody may, naming the job and the way out
        """

    def _prepare_change(self, vals):
        """Hook: what is really written, where it differs from job to job.

        :return: list of ``(jobs, values)`` that covers the set once
        """
        return [(self, vals)]

    def _get_change_snapshot(self, vals):
        """Hook: what ``_after_change`` compares with; once per set of jobs written together.

        :param dict vals: what is about to be written
        :return: ``{name of the extension: what it needs}``
        """
        return {}

    def _after_change(self, vals, before):
        """Hook: pass a change on; once per set of jobs written together.

        :param dict vals: what was written
        :param dict before: ``_get_change_snapshot`` before it was
        """

    def _get_unlink_snapshot(self):
        """Hook: what ``_after_unlink`` needs of jobs that are about to be deleted.

        :return: ``{name of the extension: what it needs}``
        """
        return {}

    def _after_unlink(self, before):
        """Hook: clean up after deleted jobs.

        :param dict before: ``_get_unlink_snapshot`` before they were
        """
