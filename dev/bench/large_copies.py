"""Copies of what a story made, by SQL alone: the ORM would take a week.

Every row that appeared since a mark is copied with its links: the copy's number times a stride is
added to its id, and to each column that points to a row that is copied too. A link to anything
older stays as it is. So a copy is whatever the screens make, field by field.
"""

from dataclasses import dataclass, field

# What no copy needs: queues, logs, sessions, numbers, and names given to records.
SKIPPED = (
    "base_registry_signaling",
    "bus_bus",
    "bus_presence",
    "fetchmail_server",
    "ir_cron_trigger",
    "ir_cron_progress",
    "ir_logging",
    "ir_model_data",
    "ir_profile",
    "ir_sequence",
    "ir_sequence_date_range",
    "mail_mail",
    "mail_notification",
    "mail_presence",
    "res_device_log",
    "res_users_log",
    "res_users_settings",
)
# Chatter is most of the rows and none of the subject: one copy in ten has it.
CHATTER = ("mail_message", "mail_followers", "mail_tracking_value", "mail_activity")
CHATTER_EACH = 10
# Columns that name the record they belong to, and its model.
REFERENCES = {
    "calendar_event": ("res_model", "res_id"),
    "ir_attachment": ("res_model", "res_id"),
    "mail_activity": ("res_model", "res_id"),
    "mail_followers": ("res_model", "res_id"),
    "mail_message": ("model", "res_id"),
}
# What tells records apart for people, and the parts of an address.
NAMES = {
    "account_move_line": ("move_name",),
    "fsm_location": ("complete_name",),
    "fsm_order": ("name",),
    "hr_employee": ("name",),
    "hr_version": ("name",),
    "purchase_order": ("name",),
    "res_partner": ("name", "complete_name", "email", "email_normalized"),
    "resource_resource": ("name",),
    "sale_order": ("name",),
    "sercom_service_file": ("name",),
    "stock_picking": ("name",),
}
STREETS = {"res_partner": ("street",)}
PHONES = {"res_partner": ("phone", "phone_sanitized"), "crm_lead": ("phone", "phone_sanitized")}


@dataclass
class Part:
    """Rows of one table that are copied together.

    :param low: the highest id that was there before
    :param high: the highest id now
    :param turn: SQL of the number that a copy ``k`` has among the copies of this part
    """

    low: int
    high: int
    turn: str = "k"

    @property
    def stride(self):
        """Ids from one copy to the next."""
        return self.high - self.low

    def when(self, column):
        """SQL of a CASE's branch: a link to a row of this part points to the copy's own."""
        shifted = f"{column} + ({self.turn}) * {self.stride}"
        return f"WHEN {column} > {self.low} AND {column} <= {self.high} THEN {shifted}"


@dataclass
class Copier:
    """Copies parts of the tables of one database.

    :param cr: a cursor of the database's owner
    """

    cr: object
    parts: dict = field(default_factory=dict)  # table: its parts, the latest last

    def mark(self):
        """Answer the highest id of each table."""
        self.cr.execute(
            """
            SELECT relname FROM pg_class
              JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'id'
             WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND atttypid = 23
            """
        )
        marks = {}
        for (table,) in self.cr.fetchall():
            self.cr.execute(f'SELECT coalesce(max(id), 0) FROM "{table}"')
            marks[table] = self.cr.fetchone()[0]
        return marks

    def copy(self, before, count, turn="k", weeks="0", transient=()):
        """Copy everything that was made since a mark.

        :param before: the mark
        :param count: the number of copies, beside the one that is there
        :param turn: SQL of the copy's number ``k`` for those who point to these rows later
        :param weeks: SQL of the weeks that a copy lies before the first
        :param transient: tables of dialogs, left out
        :return: the number of rows made
        """
        skipped = {*SKIPPED, *transient}
        links, made = self._links(), 0
        new = {
            table: Part(before.get(table, 0), high)
            for table, high in self.mark().items()
            if high > before.get(table, 0) and table not in skipped
        }
        constraints = self._lift_links(new)
        for table, part in new.items():
            self.parts.setdefault(table, []).append(part)
        for table in sorted(new):
            made += self._copy_rows(table, new[table], count, weeks, links)
        for table, columns in self._pairs(links).items():
            made += self._copy_pairs(table, columns, new, count)
        for table, part in new.items():
            self.cr.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
            if sequence := self.cr.fetchone()[0]:
                high = part.high + count * part.stride
                self.cr.execute("SELECT setval(%s, %s)", [sequence, high])
            part.turn = turn
        for statement in constraints:
            self.cr.execute(statement)
        return made

    def _lift_links(self, new):
        """Take the foreign keys away; answer the SQL that puts them back, and checks every link."""
        self.cr.execute(
            """
            SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
              FROM pg_constraint
             WHERE contype = 'f' AND confrelid = ANY(%s::text[]::regclass[])
            """,
            [[f'"{table}"' for table in new]],
        )
        found = self.cr.fetchall()
        for table, name, _definition in found:
            self.cr.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        return [
            f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}'
            for table, name, definition in found
        ]

    def _links(self):
        """Answer ``{table: {column: the table it points to}}``."""
        self.cr.execute(
            """
            SELECT conrelid::regclass::text, attname, confrelid::regclass::text
              FROM pg_constraint
              JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
             WHERE contype = 'f' AND array_length(conkey, 1) = 1
            """
        )
        links = {}
        for table, column, target in self.cr.fetchall():
            links.setdefault(table.strip('"'), {})[column] = target.strip('"')
        return links

    def _columns(self, table):
        """Answer the columns of a table that can be written, with their types."""
        self.cr.execute(
            """
            SELECT attname, format_type(atttypid, NULL) FROM pg_attribute
             WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
               AND attgenerated = ''
            """,
            [f'"{table}"'],
        )
        return dict(self.cr.fetchall())

    def _unique_texts(self, table):
        self.cr.execute(
            """
            SELECT DISTINCT attname FROM pg_index
              JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY(indkey)
             WHERE indrelid = %s::regclass AND indisunique
               AND format_type(atttypid, NULL) IN ('character varying', 'text')
            """,
            [f'"{table}"'],
        )
        return {name for (name,) in self.cr.fetchall()}

    def _copy_rows(self, table, part, count, weeks, links):
        columns = self._columns(table)
        unique = self._unique_texts(table)
        values = []
        for column, kind in columns.items():
            quoted = f's."{column}"'
            target = links.get(table, {}).get(column)
            if column == "id":
                values.append(f"s.id + k * {part.stride}")
            elif target in self.parts:
                values.append(self._mapped(quoted, self.parts[target]))
            elif column == "res_id" and table in REFERENCES:
                values.append(self._reference(f's."{REFERENCES[table][0]}"', quoted))
            elif column == "parent_path":
                values.append(self._path(quoted, part))
            elif column in unique or column in NAMES.get(table, ()):
                values.append(f"{quoted} || '-' || k")
            elif column in STREETS.get(table, ()):
                values.append(f"(100 + k) || ' ' || {quoted}")
            elif column in PHONES.get(table, ()):
                digits = "lpad(((s.id * 7919 + k * 104729) %% 10000000)::text, 7, '2')"
                values.append(f"CASE WHEN {quoted} <> '' THEN '+1514' || {digits} END")
            elif kind in ("date", "timestamp without time zone"):
                shifted = f"{quoted} - ({weeks}) * INTERVAL '7 days'"
                values.append(f"({shifted})::date" if kind == "date" else shifted)
            else:
                values.append(quoted)
        names = ", ".join(f'"{column}"' for column in columns)
        each = f" AND k %% {CHATTER_EACH} = 0" if table in CHATTER else ""
        self.cr.execute(
            f'INSERT INTO "{table}" ({names}) SELECT {", ".join(values)}'
            f' FROM "{table}" s CROSS JOIN generate_series(1, %s) k'
            f" WHERE s.id > %s AND s.id <= %s{each} ORDER BY k DESC, s.id",
            [count, part.low, part.high],
        )
        return self.cr.rowcount

    def _mapped(self, column, parts):
        cases = " ".join(part.when(column) for part in parts)
        return f"CASE {cases} ELSE {column} END"

    def _reference(self, model, column):
        """SQL of a link whose model stands in another column."""
        cases = " ".join(
            f"WHEN {model} = '{table.replace('_', '.')}' THEN {self._mapped(column, parts)}"
            for table, parts in sorted(self.parts.items())
            if table not in CHATTER
        )
        return f"CASE {cases} ELSE {column} END"

    def _path(self, column, part):
        mapped = self._mapped("step::int", [part])
        return (
            f"(SELECT string_agg(({mapped})::text, '/' ORDER BY place) || '/' FROM"
            f" unnest(string_to_array(rtrim({column}, '/'), '/'))"
            " WITH ORDINALITY AS steps (step, place))"
        )

    def _pairs(self, links):
        """Answer the tables of many-to-many links, with what both columns point to."""
        return {
            table: columns
            for table, columns in links.items()
            if len(columns) == 2 and set(self._columns(table)) == set(columns)
        }

    def _copy_pairs(self, table, columns, new, count):
        if not any(target in new for target in columns.values()):
            return 0
        is_new, values = [], []
        for column, target in columns.items():
            quoted = f's."{column}"'
            values.append(
                self._mapped(quoted, self.parts[target]) if target in self.parts else quoted
            )
            if target in new:
                part = new[target]
                is_new.append(f"({quoted} > {part.low} AND {quoted} <= {part.high})")
        names = ", ".join(f'"{column}"' for column in columns)
        each = f" AND k %% {CHATTER_EACH} = 0" if set(columns.values()) & set(CHATTER) else ""
        self.cr.execute(
            f'INSERT INTO "{table}" ({names}) SELECT {", ".join(values)}'
            f' FROM "{table}" s CROSS JOIN generate_series(1, %s) k'
            f" WHERE ({' OR '.join(is_new)}){each} ON CONFLICT DO NOTHING",
            [count],
        )
        return self.cr.rowcount
