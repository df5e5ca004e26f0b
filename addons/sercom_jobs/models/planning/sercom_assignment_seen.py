from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.sercom_requests.tools.lock import lock_rows
from odoo.addons.sercom_requests.tools.wording import format_moment

SEEN_FIELDS = ("employee_id", "date_start", "date_end", "state")


class SercomAssignment(models.Model):
    """Two dispatchers with the same block before them: the second one is told, and chooses.

    Who changes a block from a screen says what that screen showed. What is stored since is
    compared value by value, not by ``write_date``: a warning that was looked at again, because of
    a block next to it, is nobody's change of this one.
    """

    _inherit = "sercom.assignment"

    def write_if_unchanged(self, seen, vals):
        """Write the same values into these blocks, unless somebody has changed one of them since.

        :param dict seen: ``{block id: values}`` as the caller last saw them, of ``SEEN_FIELDS``;
            dates are UTC texts
        :return: empty when written; else nothing is, and each block that is no longer as it was
            seen tells ``{id, name, is_gone, who, when, changes, seen}``: the words of what
            changed, and its values now, to be given back by who writes all the same
        :raises AccessError: for those who may not plan
        """
        self.browse()._check_may_plan()
        lock_rows(self)
        there = self.exists()
        there.check_access("write")
        seen = {int(block_id): values for block_id, values in seen.items()}
        changed = [block._describe_gone(seen.get(block.id)) for block in self - there]
        changed += filter(None, (block._describe_seen(seen[block.id]) for block in there))
        if not changed:
            self.write(vals)
        return changed

    @api.model
    def create_if_unchanged(self, job_id, seen_ids, vals_list):
        """Plan people on a job that waits, unless somebody else has planned it since.

        :param seen_ids: ids of the job's assignments as the caller last saw them
        :return: ``{"ids": those of the new blocks, "changed": rows}``; when somebody was quicker
            none is made, and ``changed`` tells of their blocks as ``write_if_unchanged`` does
        :raises AccessError: for those who may not plan
        """
        self._check_may_plan()
        planned = self._get_planned_since(self.env["fsm.order"].browse(int(job_id)), seen_ids)
        if planned:
            return {"ids": [], "changed": [block._describe_planned() for block in planned]}
        return {"ids": self.create(vals_list).ids, "changed": []}

    @api.model
    def _get_planned_since(self, job, seen_ids):
        """Blocks that others have planned on one job since the user saw it; they wait here.

        :param seen_ids: ids of the job's blocks that the user has seen
        """
        job.check_access("write")
        # Each new block changes its job: who waited sees what the other one planned.
        lock_rows(job)
        return self.search(
            Domain("fsm_order_id", "=", job.id)
            & Domain("state", "!=", "cancelled")
            & Domain("id", "not in", list(map(int, seen_ids)))
            & Domain("create_uid", "!=", self.env.uid)
        )

    @api.model
    def _check_planned_since(self, job, seen_ids):
        """Refuse to plan one job that somebody else has planned since the user saw it.

        :raises UserError: naming who planned whom when
        """
        if planned := self._get_planned_since(job, seen_ids):
            raise UserError(
                self.env._(
                    "%(who)s was quicker: %(block)s. Look at the board, and book again if more "
                    "people are to go.",
                    who=planned[0].sudo().create_uid.name,  # sudo: the name of a colleague
                    block=planned[0]._get_label(),
                )
            )

    def _describe_planned(self):
        """What somebody else has planned, this one block, in the words of a change."""
        block = self.sudo()  # sudo: the name of a colleague, not their file
        text = block._describe("", block.employee_id, block.date_start, block.date_end)
        return {
            **self._get_last_change(self),
            "id": self.id,
            "name": block.fsm_order_id.display_name,
            "is_gone": False,
            "changes": [self.env._("Planned: %s", text)],
            "seen": {name: to_plain(block[name]) for name in SEEN_FIELDS},
        }

    def _describe_seen(self, seen):
        """What of this one block differs from what somebody saw; nothing when it is the same."""
        block = self.sudo()  # sudo: the name of a colleague, not their file
        now = {name: to_plain(block[name]) for name in SEEN_FIELDS}
        if all(now[name] == seen[name] for name in SEEN_FIELDS if name in seen):
            return None
        old = {**now, **seen}
        texts = []
        if any(now[name] != old[name] for name in ("employee_id", "date_start", "date_end")):
            texts.append(
                self.env._(
                    "Moved: %(old)s → %(new)s",
                    old=block._describe_old(old),
                    new=block._describe("", block.employee_id, block.date_start, block.date_end),
                )
            )
        if now["state"] != old["state"]:
            states = dict(self._fields["state"]._description_selection(self.env))
            texts.append(
                self.env._(
                    "Status: %(old)s → %(new)s",
                    old=states.get(old["state"], old["state"]),
                    new=states[now["state"]],
                )
            )
        return {
            **self._get_last_change(self),
            "id": self.id,
            "name": block._get_label(),
            "is_gone": False,
            "changes": texts,
            "seen": now,
        }

    def _describe_old(self, old):
        """Where this one block, in sudo, was seen; “?” with who is gone, or of another company."""
        people = self.employee_id.with_context(active_test=False)
        companies = self.env.companies | self.company_id
        person = people.search(
            [("id", "=", old["employee_id"]), ("company_id", "in", companies.ids)]
        )
        span = map(fields.Datetime.to_datetime, (old["date_start"], old["date_end"]))
        return self._describe("", person, *span) if person else "?"

    def _describe_gone(self, seen):
        return {
            "id": self.id,
            "name": "",
            "is_gone": True,
            "who": "",
            "when": "",
            "changes": [self.env._("It was deleted.")],
            "seen": seen or {},
        }

    def _get_last_change(self, record):
        """Who wrote one record last, and when, in words of the caller's time zone."""
        # sudo: the name of a colleague
        return {
            "who": record.sudo().write_uid.name or "",
            "when": format_moment(self.env, record.write_date),
        }


def to_plain(value):
    """A stored value as a client sends and gets it."""
    if isinstance(value, models.BaseModel):
        return value.id
    return value if isinstance(value, str) else fields.Datetime.to_string(value)
