from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.sercom_requests.tools.context import Sentinel

from .sercom_assignment import LIVE_STATES, PLAN_STATES

BLOCK_FIELDS = ("employee_id", "date_start", "date_end")
# What decides whether a block collides with another.
CONFLICT_FIELDS = {*BLOCK_FIELDS, "state", "conflict_override"}
# What is looked at again although the block stays where it is.
WEIGHED_FIELDS = ("planned_hours", "fsm_location_id")
# What jobs, calendars and boards follow.
FOLLOWED_FIELDS = (*CONFLICT_FIELDS, *WEIGHED_FIELDS, "fsm_order_id", "is_leader")
PLAN_FIELDS = {*FOLLOWED_FIELDS, "override_reason"}
# Set by Sercom alone: who could set it would move and cancel any meeting past the rules.
OWN_FIELDS = {"calendar_event_id"}
# Says to ``write`` that ``move_blocks`` checks the set and passes it on.
MOVED_TOGETHER = Sentinel("moved_together")


class SercomAssignment(models.Model):
    """The one door of an assignment: what happens when it is made, changed or deleted.

    How it works: no other file overrides ``create``, ``write`` or ``unlink``. They call these
    hooks, in this order, once for the set; who has something to do or to refuse extends the one
    it needs, and calls ``super()`` first:

    1. ``_check_new`` / ``_check_change``: before anything is stored, refuse it
    2. ``_get_change_snapshot``: what there was before
    3. ``_prepare_new_vals`` / ``_prepare_change``: complete values
    4. ``super()``, and in its savepoint ``_check_blocks`` and ``_check_soft_conflicts``
    5. ``_after_change`` / ``_after_unlink``: calendar, chatter, job, blocks around, boards

    ``write`` is the primitive: ``move_blocks`` calls it for each group of blocks that get the
    same values, between the checks and the consequences of them all.
    """

    _inherit = "sercom.assignment"

    @api.model_create_multi
    def create(self, vals_list):
        if not vals_list:
            return self.browse()
        self._check_new(vals_list)
        before = self._get_change_snapshot(vals_list)
        vals_list = self._prepare_new_vals(vals_list)
        with self._refusing_overlaps(self._get_spans(vals_list)):
            blocks = super().create(vals_list)
            blocks._check_blocks()
            blocks._check_soft_conflicts()
        blocks._make_workers()
        blocks._after_change(before)
        return blocks

    def write(self, vals):
        if not self:
            return True
        if MOVED_TOGETHER.get(self):
            return super().write(vals)
        if PLAN_FIELDS.isdisjoint(vals):
            self._check_own_fields([vals])
            res = super().write(vals)
            self._notify_boards()
            return res
        self._change(
            dict.fromkeys(self, vals),
            lambda blocks, values: super().write(values),
        )
        return True

    def move_blocks(self, changes):
        """Write several blocks at once, each its own values, and check them together.

        Two blocks may so take each other's place. Moving a start keeps the length.

        :param dict changes: ``{assignment id: values}``, dates in UTC
        :raises ValidationError: naming person, job and time; nothing is changed then
        """
        if not changes:  # a meeting without any block asks nobody for the right to plan
            return True
        changes = {self.browse(int(block_id)): vals for block_id, vals in changes.items()}
        self.concat(*changes)._change(
            changes,
            lambda blocks, values: MOVED_TOGETHER(blocks).write(values),
        )
        return True

    def unlink(self):
        if not self:
            return True
        self._check_may_plan()
        before = self._get_unlink_snapshot()
        res = super().unlink()
        self.browse()._after_unlink(before)
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        for block in self:
            if block.state == "done":
                raise UserError(
                    self.env._("%s is done. Cancel it to take it away.", block.display_name)
                )

    def _change(self, changes, write):
        """Write these blocks between the checks and the consequences of them all.

        :param dict changes: ``{assignment: values}``
        :param write: function of a group of blocks and the values they all get
        """
        self._check_change(changes)
        before = self._get_change_snapshot(changes.values())
        olds = before["values"]
        batches = self._prepare_change(changes)
        with self._refusing_overlaps(self._get_new_spans(batches, olds)):
            for blocks, values in batches:
                write(blocks, values)
            self._check_blocks(olds)
            changed = self.filtered(lambda block: block._is_weighed(olds[block]))
            changed._check_soft_conflicts()
        self._make_workers()
        self._after_change(before)

    # Hooks

    @api.model
    def _check_new(self, vals_list):
        """Hook: refuse new blocks, before anything is stored.

        :raises AccessError: when the user may not plan, or not on these jobs
        """
        self._check_may_plan()
        self._check_own_fields(vals_list)
        self._get_given_jobs(vals_list).check_access("write")

    def _check_change(self, changes):
        """Hook: refuse a change, before anything is stored.

        :param dict changes: ``{assignment: values}``
        :raises AccessError: when the user may not plan, or not on these jobs
        :raises ValidationError: when nobody may, naming the job and the way out
        """
        self._check_may_plan()
        self._check_own_fields(changes.values())
        for block, vals in changes.items():
            job = self.env["fsm.order"].browse(vals.get("fsm_order_id") or [])
            job.check_access("write")
            own = block.sudo()  # sudo: refused by name, whoever may read it
            if job and job.company_id != own.company_id:
                raise ValidationError(
                    self.env._(
                        "%(block)s stays in its company: plan the person anew on %(job)s.",
                        block=own._get_label(),
                        job=job.name,
                    )
                )

    @api.model
    def _prepare_new_vals(self, vals_list):
        """Hook: values of new blocks, completed, in the same order."""
        return [self._complete_new(vals) for vals in vals_list]

    def _prepare_change(self, changes):
        """Hook: what is really written, as a list of ``(blocks, values)`` that covers the set once.

        :param dict changes: ``{assignment: values}``
        """
        batches = {}
        for block, vals in changes.items():
            values = block._complete_change(vals)
            key = tuple(sorted((name, repr(value)) for name, value in values.items()))
            batches.setdefault(key, (values, []))[1].append(block.id)
        return [(self.browse(ids), values) for values, ids in batches.values()]

    def _get_change_snapshot(self, vals_list):
        """Hook: what ``_after_change`` and ``_after_unlink`` compare with.

        :param vals_list: values about to be written; those of new blocks when the set is empty
        :return: ``{name of the extension: what it needs}``
        """
        # sudo: jobs follow the plan, whoever changes it
        jobs = self.sudo().fsm_order_id | self._get_given_jobs(vals_list)
        return {
            "values": self._get_values(),
            "jobs": jobs._get_plan_snapshot(),
            "around": self._get_warned_around(vals_list),
            "boards": self._get_board_changes(),
        }

    def _after_change(self, before):
        """Hook: pass these blocks, new or changed, on.

        :param dict before: ``_get_change_snapshot``; it has no values of new blocks
        """
        olds = before["values"]
        blocks = self.sudo()  # sudo: calendars, jobs and blocks of others follow the plan
        blocks._sync_events(olds)
        blocks._log_changes(olds)
        blocks._update_jobs(before)
        blocks._refresh_warned_around(before["around"])
        self._notify_boards(before["boards"])

    def _get_unlink_snapshot(self):
        """Hook: what ``_after_unlink`` needs of blocks that are about to be deleted."""
        blocks = self.sudo()  # sudo: calendars and jobs of others follow the plan
        return {
            **self._get_change_snapshot([]),
            "events": blocks.calendar_event_id,
            "log": blocks._get_unlink_log(),
        }

    def _after_unlink(self, before):
        """Hook: pass on that blocks were deleted.

        :param dict before: ``_get_unlink_snapshot``
        """
        blocks = self.sudo()  # sudo: calendars, jobs and blocks of others follow the plan
        blocks._log_on_jobs(before["log"])
        blocks._cancel_events(before["events"])
        blocks._update_jobs(before)
        blocks._refresh_warned_around(before["around"])
        self._notify_boards(before["boards"])

    # What they need

    def _check_may_plan(self):
        if not self.env.su and not self.has_access("write"):
            jobs = self.sudo().fsm_order_id  # sudo: the name of the job, for who may not plan on it
            raise AccessError(
                self.env._(
                    "Only a dispatcher plans people on %s. Ask the office.",
                    jobs[:1].name or self.env._("a job"),
                )
            )

    def _check_own_fields(self, vals_list):
        defaults = {name: self.env.context.get(f"default_{name}") for name in OWN_FIELDS}
        given = [*vals_list, defaults]
        if not self.env.su and any(vals.get(name) for vals in given for name in OWN_FIELDS):
            raise AccessError(
                self.env._("The calendar event of an assignment is made by confirming it.")
            )

    def _get_given_jobs(self, vals_list):
        """Jobs that values name, or the context when they name none."""
        default = self.env.context.get("default_fsm_order_id")
        ids = {vals.get("fsm_order_id", not self and default) for vals in vals_list}
        return self.env["fsm.order"].browse(filter(None, ids))

    def _make_workers(self):
        """Make the workers that stand for the people of these blocks in their jobs' own fields.

        Not before the blocks are stored: of two dispatchers who plan somebody for the first time,
        one reads that they are planned already.
        """
        # sudo: a worker is made on first use, whoever plans
        self.employee_id.sudo()._get_fsm_persons()

    def _get_values(self):
        """Values that others follow: ``{assignment: values}``, to be compared after a change."""
        return {
            block: {name: self._to_plain(block[name]) for name in FOLLOWED_FIELDS}
            for block in self.sudo()  # sudo: compared before and after by server code alone
        }

    @staticmethod
    def _to_plain(value):
        return value.id if isinstance(value, models.BaseModel) else value

    def _has_other_values(self, old, names):
        block = self.sudo()  # sudo: compared with ``_get_values``, which are of superuser
        return any(self._to_plain(block[name]) != old[name] for name in names)

    def _is_rescheduled(self, old):
        names = ("employee_id", "date_start", "date_end", "fsm_order_id", "conflict_override")
        moved = self._has_other_values(old, names)
        revived = old["state"] not in LIVE_STATES
        return self.state in LIVE_STATES and (moved or revived)

    def _is_weighed(self, old):
        """Whether what speaks against this one block may be other than before."""
        changed = self._has_other_values(old, WEIGHED_FIELDS)
        return self._is_rescheduled(old) or (changed and self.state in LIVE_STATES)

    def _get_new_spans(self, batches, olds):
        """Spans of blocks about to be changed, as far as it decides whether they collide."""
        return [
            block._get_span({**olds[block], **values})
            for blocks, values in batches
            if not CONFLICT_FIELDS.isdisjoint(values)
            for block in blocks
        ]

    def _update_jobs(self, before):
        """Have jobs follow these blocks, in sudo, and those that are gone.

        :param dict before: ``_get_change_snapshot``
        """
        left = {
            values["fsm_order_id"]
            for values in before["values"].values()
            if values["state"] in PLAN_STATES
        }
        jobs = self.env["fsm.order"].browse(before["jobs"]["ids"])
        jobs._after_plan_change(before["jobs"], left)
