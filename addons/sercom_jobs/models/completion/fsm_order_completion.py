from contextlib import suppress
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_datetime

from .fsm_order_checklist import NAMED_ITEMS

# What ``action_complete_on_site`` takes; another add-on adds to it by its own hook.
NOTE_KEYS = ("found_note", "work_note", "advice_note")
CLOCK_ERROR = timedelta(minutes=2)  # a phone's clock that is not further off is taken as right


class IncompleteError(Exception):
    """Something is missing: what was written to find out is undone."""


class FsmOrder(models.Model):
    """Completing a job: what it still needs, and the one door to *done*.

    How to use: another add-on adds what it asks for to ``_get_missing_to_complete`` and what the
    technician's phone sends along to ``_complete_on_site``.
    """

    _inherit = "fsm.order"

    incomplete_reason = fields.Char(
        "Why Completed Anyway",
        copy=False,
        readonly=True,
        tracking=True,
        help="Why a dispatcher completed the job although something was missing.",
    )

    missing_to_complete = fields.Text(
        "Missing to Complete",
        compute="_compute_missing_to_complete",
        help="What keeps the job from being completed.",
    )

    @api.depends(
        "state",
        "check_ids.state",
        "check_ids.is_required",
        "check_ids.name",
        "is_signature_missing",
        "incomplete_reason",
    )
    @api.depends_context("lang")
    def _compute_missing_to_complete(self):
        going = self._origin.filtered(lambda job: job.state == "in_progress")
        missing = going._get_missing_to_complete()
        for job in self:
            items = missing.get(job._origin, [])
            job.missing_to_complete = "\n".join(item["message"] for item in items)

    # Guard

    def _check_transition(self, state):
        res = super()._check_transition(state)
        if state == "done":
            self._check_can_complete()
        return res

    def _check_can_complete(self):
        """Refuse completing the jobs of the set, naming all that each of them still needs."""
        missing = self._get_missing_to_complete()
        messages = [job._get_missing_message(missing[job]) for job in self if missing[job]]
        if messages:
            way_out = self.env._("A dispatcher can complete it without them, with a reason.")
            raise UserError("\n".join([*messages, way_out]))

    def _get_missing_message(self, missing):
        return self.env._(
            "%(job)s cannot be completed yet. %(missing)s",
            job=self.name,
            missing=" ".join(item["message"] for item in missing),
        )

    def _get_missing_to_complete(self):
        """What keeps each job of the set from being completed.

        :return: ``{job: [{"kind": str, "message": str}]}``; the kind (checklist, signature, …)
            tells a screen what to open
        """
        missing = {job: [] for job in self}
        for job, checks in self._get_missing_checks().grouped("fsm_order_id").items():
            names = checks[:NAMED_ITEMS].mapped("name")
            if more := len(checks) - len(names):
                names.append(self.env._("and %s more", more))
            missing[job.with_env(self.env)].append(
                {
                    "kind": "checklist",
                    "message": self.env._(
                        "To do on its checklist: %(items)s.", items=", ".join(names)
                    ),
                }
            )
        for job in self:
            if job.is_signature_missing and not job.incomplete_reason:
                missing[job].append(
                    {"kind": "signature", "message": job._get_missing_signature_message()}
                )
        return missing

    # Completed on site

    def action_complete_on_site(self, vals=None):
        """Complete this one job from the technician's phone: all of it or nothing.

        Sent twice, the second time changes nothing. A job that somebody else completed meanwhile
        takes nothing more: what it does not hold is refused, see ``_add_site_report``.

        :param dict vals: all optional: ``signature`` (picture, base64), ``signed_by`` (name),
            ``found_note``, ``work_note``, ``advice_note`` (text), ``moment`` (UTC text, when it
            was tapped); other add-ons take more
        :return: dict ``state`` and ``missing``, a list of ``{"kind", "message"}``; with something
            missing, nothing was kept
        :raises UserError: when the job is done without what is sent, or ``moment`` is before it
        """
        self.ensure_one()
        self.check_access("write")
        vals = dict(vals or {})
        self._lock_for_conversion()
        if self.state == "done":
            self._check_is_report_kept(vals)
            return {"state": self.state, "missing": []}
        missing = []
        # With something missing nothing is kept: the phone sends it all again.
        with suppress(IncompleteError), self.env.cr.savepoint():
            moment = self._read_phone_moment(vals.get("moment"))
            self._check_moment_on_site(moment)
            self._save_site_report(vals, moment)
            missing = self._get_missing_to_complete()[self]
            if missing:
                raise IncompleteError
            self._complete_on_site(vals, moment)
        return {"state": self.state, "missing": missing}

    def _save_site_report(self, vals, moment):
        """Hook: keep what the phone sent along, before it is asked what is missing."""
        notes = {key: vals[key] for key in NOTE_KEYS if vals.get(key) is not None}
        if notes:
            self.write(notes)
        if vals.get("signature"):
            self._keep_signature(vals["signature"], vals.get("signed_by"), moment)

    def _complete_on_site(self, vals, moment):
        """Hook: complete this one job, of which nothing is missing, at ``moment``."""
        if end := self._get_end_on_site(moment):
            self.sudo().date_end = end  # sudo: nobody in the field writes the actual times by hand
        if vals.get("signature"):
            self._post_signature()
        self.action_complete()

    def _get_end_on_site(self, moment):
        """Hook: actual end of this one job, completed at ``moment``; none when it is noted
        otherwise."""
        return max(moment, self.date_start or moment)

    @api.model
    def _read_phone_moment(self, moment):
        """UTC datetime of a tap that the phone told, never later than now."""
        now = fields.Datetime.now()
        try:
            told = fields.Datetime.to_datetime(moment) if moment else now
        except (TypeError, ValueError) as error:
            raise ValidationError(
                self.env._("“%s” is not a date and time: send 2026-11-03 14:05:00.", moment)
            ) from error
        return min(told, now)

    def _check_moment_on_site(self, moment):
        """Refuse that this one job is completed before anybody knew of it or was there.

        :raises UserError: naming the job and from when on it is there
        """
        now = fields.Datetime.now()
        first = min(filter(None, (now, *self._get_first_moments())))
        if moment >= first - CLOCK_ERROR:
            return
        zone = self.location_id.tz or self.env.user.tz or "UTC"
        raise UserError(
            self.env._(
                "%(job)s was not there yet on %(moment)s: nobody completed it before %(first)s. "
                "Set the clock of the phone right, and complete it again.",
                job=self.name,
                moment=format_datetime(self.env, moment, tz=zone),
                first=format_datetime(self.env, first, tz=zone),
            )
        )

    def _get_first_moments(self):
        """When this one job was made, asked for, and begun at the earliest; UTC, some are empty."""
        job = self.sudo()  # sudo: others' visits count too
        visits = job.assignment_ids.mapped("date_start")
        return (job.create_date, job.request_early, job.date_start, *visits)

    # Completed by a dispatcher, without

    def _check_may_complete_without(self):
        if not (self.env.su or self.env.user.has_group("fieldservice.group_fsm_dispatcher")):
            raise AccessError(self._get_complete_without_refusal())

    def _get_complete_without_refusal(self):
        return self.env._(
            "Only a dispatcher completes %s without what is missing. Call the office.",
            self._get_told_name(),
        )

    def _complete_without(self, reason):
        """Complete these jobs without what is missing, and tell why in their chatter.

        :param str reason: kept on the job and on each item of the checklist
        :raises AccessError: when the user is no dispatcher
        """
        self._check_may_complete_without()
        self.check_access("write")
        missing = self._get_missing_to_complete()
        self._leave_out_checks(reason)
        for job in self:
            others = [item for item in missing[job] if item["kind"] != "checklist"]
            if others:
                job.sudo().incomplete_reason = reason  # sudo: told by this button alone
                job.message_post(
                    body=self.env._(
                        "Completed without: %(items)s Reason: %(reason)s",
                        items=" ".join(item["message"] for item in others),
                        reason=reason,
                    )
                )
        return self.action_complete()

    # Reopened

    def _after_reopen(self):
        res = super()._after_reopen()
        jobs = self.sudo()  # sudo: signature and answers are nobody's to clear by hand
        jobs._clear_signature()
        jobs.filtered("incomplete_reason").incomplete_reason = False
        # What was left out to complete it is asked for again.
        jobs.check_ids.filtered("skip_reason").skip_reason = False
        return res
