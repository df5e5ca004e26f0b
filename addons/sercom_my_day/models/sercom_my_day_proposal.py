from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.sercom_jobs.models.job.fsm_order import CLOSED_STATES

PICTURES = ("image", "signature")
CLOCK = ("offset", "is_offset_sure", "age")
# What the phone adds for its own sake, or the row says already.
OWN_KEYS = ("uuid", "kind", "moment", "sent", "job_id", "size", *CLOCK, *PICTURES)


class SercomMyDay(models.AbstractModel):
    """Work on a job that was given to somebody else, cancelled or closed meanwhile.

    How it works: the phone had no network and could not know. What was done there is refused, and
    goes to the office with its content all the same: a dispatcher accepts it for the job, whoever
    has it now, or discards it.
    """

    _inherit = "sercom.my.day"

    @api.model
    def _get_proposed_kinds(self):
        """Hook: kinds of actions that the office decides about when their job is no longer the
        user's, or over. Punches have proposals of their own."""
        return {
            *("check", "note", "photo", "caption", "found"),
            *("issue", "next_visit", "complete"),
        }

    def _propose(self, row, action):
        """Keep what an action of the phone holds, for the office to decide.

        :param row: its ``sercom.phone.action``, as superuser
        :return: whether it is kept
        """
        job = self._find_own_firms_job(action)
        if not self._is_overtaken(job) or action.get("kind") not in self._get_proposed_kinds():
            return False
        picture = next((action[name] for name in PICTURES if action.get(name)), False)
        try:
            picture = picture and self._read_photo(picture, str(action.get("name") or ""))
        except UserError:
            return False  # it says itself what to do
        row.write(
            {
                "content": {name: action[name] for name in action if name not in OWN_KEYS},
                "picture": picture,
                "state": "proposed",
            }
        )
        return True

    def _is_overtaken(self, job):
        """Whether a job of the user's companies is over, or somebody else's.

        Only of who works on jobs at all: others have none that could be overtaken.
        """
        if not job or not self.env["fsm.order"].has_access("write"):
            return False
        return job.state in CLOSED_STATES or not job.with_env(self.env).has_access("write")

    def _apply_proposal(self, row):
        """Do what an accepted proposal holds, in the name of who did it.

        :param row: ``sercom.phone.action``, as superuser
        :raises UserError: when it cannot be done now either
        """
        day = self.with_user(row.user_id).sudo()  # sudo: a dispatcher accepted it
        job = row.fsm_order_id.with_env(day.env)
        if not job.exists():
            raise UserError(self.env._("The job of this work no longer exists. Refuse it."))
        picture = row.with_context(bin_size=False).picture
        name = "image" if row.kind == "photo" else "signature"
        action = {**(row.content or {}), "uuid": row.uuid, "kind": row.kind, "job_id": job.id}
        if picture:
            action[name] = picture.decode()
        answer = day._get_late_handlers()[row.kind](action, job, row.moment)
        if isinstance(answer, tuple) and answer[0] == "refused":
            # Which of those that are accepted together.
            message = f"{row.display_name}\n{answer[1]}"
            raise UserError(message)

    def _get_late_handlers(self):
        """Hook: who applies an accepted proposal of which kind, as ``_get_handlers`` says it.

        What others noted on the job meanwhile stays: late notes are added beside.
        """
        return {
            **self._get_handlers(),
            "found": self._apply_late_found,
            "complete": self._apply_late_complete,
        }

    def _apply_late_found(self, action, job, moment):
        job._add_site_report(self._get_completion_vals(action), moment)

    def _apply_late_complete(self, action, job, moment):
        job._add_site_report(self._get_completion_vals(action), moment)
        if job.state == "done":
            return self.env._("%s is completed.", job.name)
        return self._apply_complete({"clock_out": action.get("clock_out")}, job, moment)
