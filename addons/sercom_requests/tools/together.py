"""What Odoo asks, or writes, for each record of a batch: here once for all of them.

Odoo's own methods are called for each record as ever, with every override of them; only what they
look up is answered from one query, and what nobody waits for is written at the end.
"""

from functools import cached_property

from odoo.tools import SQL

from .context import Sentinel


class Posts:
    """Messages about what changed on several records of one model.

    :param records: all the records, of which some get a message
    """

    def __init__(self, records):
        self.records = records
        self.notes = []  # (record, body, author id, commands that make the tracked values)
        self.tracked = []  # values of what changed, whose message is there
        self._existing = {}
        self._recipients = {}
        self._reply_to = {}

    def knows(self, records):
        """Whether ``records`` are of this batch."""
        return records._name == self.records._name and set(records._ids) <= set(self.records._ids)

    @cached_property
    def parents(self):
        """Id of the message that the next one of a record hangs on, as mail chooses it."""
        self.records.env["mail.message"].flush_model(["date", "message_type", "model", "res_id"])
        query = SQL(
            """
              SELECT DISTINCT ON (res_id) res_id, id
                FROM (SELECT *, row_number() OVER (
                                PARTITION BY res_id ORDER BY date DESC, id DESC) AS place
                        FROM mail_message
                       WHERE model = %s AND res_id = ANY(%s)
                         AND message_type IS DISTINCT FROM 'user_notification') AS last
               WHERE place <= 200
            ORDER BY res_id, message_type IN ('comment', 'email') DESC,
                     COALESCE(date, create_date) DESC, id DESC
            """,
            self.records._name,
            list(self.records._ids),
        )
        return dict(self.records.env.execute_query(query))

    @cached_property
    def alias_domains(self):
        """Alias domain of each record."""
        # sudo: as mail asks for one
        return self.records.sudo()._mail_get_alias_domains(default_company=self.records.env.company)

    def get_reply_to(self, author_id):
        """Address that answers to each record go to, when this partner writes."""
        if author_id not in self._reply_to:
            author_id_, email = self.records._message_compute_author(author_id, None)
            self._reply_to[author_id] = self.records._fallback_lang()._notify_get_reply_to(
                default=email, author_id=author_id_
            )
        return self._reply_to[author_id]

    def get_recipients(self, message_type, subtype_id, ask):
        """Followers to notify of each record; ``ask`` looks those of a recordset up."""
        key = message_type, subtype_id
        if key not in self._recipients:
            self._recipients[key] = ask(self.records, message_type, subtype_id)
        return self._recipients[key]

    def exists(self, records, ask):
        """``records.exists()``; ``ask`` is how the database is asked."""
        key = records._name, records._ids
        if key not in self._existing:
            self._existing[key] = ask()._ids
        return records.browse(self._existing[key])


# The Posts of the records that are being posted about.
POSTED_TOGETHER = Sentinel("posted_together")
# Who follows new records is asked for later: ``(model, list of what was asked)``.
FOLLOWED_TOGETHER = Sentinel("followed_together")


def exists_together(records, ask):
    """``exists`` of the few records that are asked for at each message of a batch."""
    posts = POSTED_TOGETHER.get(records)
    return posts.exists(records, ask) if posts else ask()
