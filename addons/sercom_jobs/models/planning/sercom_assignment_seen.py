from odoo import fields, models

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
                    old=block._describe(
                        "",
                        block.employee_id.browse(old["employee_id"]),
                        *map(fields.Datetime.to_datetime, (old["date_start"], old["date_end"])),
                    ),
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
