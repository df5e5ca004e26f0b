from odoo import models
from odoo.exceptions import RedirectWarning, UserError

from ...tools.actions import window_action
from ...tools.lock import lock_rows


class SercomConversionMixin(models.AbstractModel):
    """One way to turn a record of the flow into the next one.

    How to use: a model that converts to quotes has ``action_convert_to_quote`` return
    ``self._convert("quote")`` and defines two batch hooks::

        def _find_quote(self):  # {record: what an earlier conversion made}
        def _make_quote(self):  # {record: what this conversion makes}

    How it works: the rows about to be converted are updated first, so that of two parallel
    transactions that convert one record the second gets PostgreSQL's serialization error; Odoo
    then replays it and it finds what the first one made. The set is converted in one batch. Only
    when the batch fails is it done again record by record, each in its own savepoint, so
    that one bad record does not hold up the others.
    """

    _name = "sercom.conversion.mixin"
    _description = "Conversion between service records"

    def _convert(self, target):
        """Convert each record of the set once.

        :param str target: names the hooks, ``_find_<target>`` and ``_make_<target>``
        :return: window action of what was made or found; when some records of several failed,
            a notification that names them and goes on to that action
        :raises UserError: when a single record, or every record, failed
        """
        if not self:
            return {"type": "ir.actions.act_window_close"}
        self.check_access("write")
        results = dict(getattr(self, f"_find_{target}")())
        pending = self.filtered(lambda record: not results.get(record))
        failures = {}
        if pending:
            pending._lock_for_conversion()
            made, failures = pending._make_in_savepoints(f"_make_{target}")
            results.update(made)
        if failures and len(failures) == len(self):
            raise UserError("\n".join(failures.values()))
        made = [results[record] for record in self if record not in failures]
        action = window_action(made[0].union(*made[1:]))
        return self._notify_failures(failures, action) if failures else action

    def _ask(self, action, question):
        """Ask before these records are converted from a list; a form's button asks by itself.

        :param str action: external id of the server action that converts them; its name is the
            button's
        :raises RedirectWarning: always
        """
        self.check_access("write")
        answer = self.env.ref(action).sudo()  # sudo: which action it is, is nobody's secret
        raise RedirectWarning(
            question,
            answer.id,
            answer.name,
            {"active_model": self._name, "active_ids": self.ids, "active_id": self[:1].id},
        )

    def _make_in_savepoints(self, method):
        """Make the documents of the set: as one batch, or else record by record.

        :return: ``({record: documents}, {record: error message})``
        """
        try:
            with self.env.cr.savepoint():
                return getattr(self, method)(), {}
        except UserError:
            if len(self) == 1:
                raise
        made, failures = {}, {}
        for record in self:
            try:
                with self.env.cr.savepoint():
                    made.update(getattr(record, method)())
            except UserError as error:  # noqa: PERF203 - each record fails alone
                failures[record] = f"{record.display_name}: {error}"
        return made, failures

    def _lock_for_conversion(self):
        """Make parallel conversions of the same records conflict in the database."""
        self.flush_recordset()
        lock_rows(self, claim=True)

    def _notify_failures(self, failures, action):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("%s records could not be converted", len(failures)),
                "message": "\n".join(failures.values()),
                "next": action,
            },
        }
