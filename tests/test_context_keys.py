import ast
from pathlib import Path

from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from odoo.addons.sercom_requests.tools.context import HARMLESS_KEYS

from .common import ROLES, SercomCommon

ADDONS = Path(__file__).parents[1] / "addons"
# Keys of Odoo and OCA that Sercom reads or sends.
ODOO_KEYS = {
    *("active_id", "active_ids", "active_model", "active_test", "allowed_company_ids", "bin_size"),
    *("bypass_order_completed_stage", "display_default_code", "force_report_rendering"),
    *("ir_cron_progress_id", "is_calendar_event_new", "lang", "mail_activity_quick_update"),
    *("mail_create_nosubscribe", "mail_notify_author", "mail_notrack", "no_mail_to_attendees"),
    *("raise_if_nothing_to_invoice", "skip_attendee_notification", "template_preview_lang"),
    *("proforma", "timesheet_end_date", "timesheet_start_date", "tracking_disable", "tz"),
    # Values that a template is rendered with.
    *("person", "portal_link", "zone", "visit", "title", "text", "added", "url"),
}
# Where the key itself is not in the line, the keys that it stands for; none is a sentinel's.
SPELLED = {
    "sercom_jobs/models/planning/sercom_assignment_calendar.py: **context": {
        *("mail_create_nosubscribe", "no_mail_to_attendees"),
    },
    "sercom_portal/models/service_file/sercom_service_file_actions.py: **words": {
        *("visit", "title", "text", "added", "url"),
    },
    "sercom_requests/models/request/calendar_event_notice.py: key": {
        *("no_mail_to_attendees", "skip_attendee_notification", "is_calendar_event_new"),
    },
    "sercom_requests/tools/context.py: **{self.key: _Said(self, value)}": set(),
    "sercom_requests/tools/context.py: self.key": set(),
    "sercom_requests/wizard/request/sercom_appointment_schedule.py: key": {
        *("active_model", "active_id"),
    },
    "sercom_requests/tools/history.py: **dict.fromkeys(SILENT_KEYS, False)": {
        *("tracking_disable", "mail_notrack"),
    },
    "sercom_requests/tools/history.py: **{key: True}": {"tracking_disable", "mail_notrack"},
}
# Keys that opened something before; what is said by some of them now takes a sentinel.
OLD_KEYS = {
    **dict.fromkeys(
        (
            *("from_assignment", "from_calendar_event", "from_clock", "from_job"),
            *("import_file", "is_hours_confirmed", "mark_job_report_sent", "approval_reset"),
        ),
        True,
    ),
    "adjustment_reason": "Because",
    "correction_id": 1,
    "hours_change": {"reason": "Because", "is_correction": True},
}


def find_keys(tree):
    """Keys of the context that code reads or sends; the words of the code where it is no text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr == "with_context":
                for word in node.keywords:
                    yield word.arg or f"**{ast.unparse(word.value)}"
                for argument in node.args:
                    yield f"*{ast.unparse(argument)}"
            elif node.func.attr in ("get", "pop") and _is_context(node.func.value):
                yield _spell(node.args[0])
        elif isinstance(node, ast.Subscript) and _is_context(node.value):
            yield _spell(node.slice)
        elif isinstance(node, ast.Compare) and _is_context(node.comparators[0]):
            yield _spell(node.left)


def _is_context(node):
    return ast.unparse(node).endswith("env.context")


def _spell(node):
    """The key, or a default's name, or the words that stand for one."""
    text = ast.unparse(node)
    if text.startswith("f'default_"):
        return "default_"
    return node.value if isinstance(node, ast.Constant) else text


def find_sentinels(tree):
    """Keys under which only server code speaks."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Sentinel":
            yield node.args[0].value


def read_trees():
    """The code of the suite: ``{path in the add-ons: syntax tree}``."""
    return {
        path.relative_to(ADDONS).as_posix(): ast.parse(path.read_text())
        for path in sorted(ADDONS.glob("*/**/*.py"))
        if "/tests/" not in path.as_posix()
    }


@tagged("post_install", "-at_install")
class TestContextKeys(HttpCase, SercomCommon):
    """No key of the context that a client can send grants or skips anything."""

    def test_few_keys_and_harmless_ones(self):
        self.assertLessEqual(len(HARMLESS_KEYS), 4)
        unknown, spelled = [], set()
        for name, tree in read_trees().items():
            for key in find_keys(tree):
                if f"{name}: {key}" in SPELLED:
                    spelled.add(f"{name}: {key}")
                elif not key.startswith("default_") and key not in ODOO_KEYS | set(HARMLESS_KEYS):
                    unknown.append(f"{name}: {key}")
        self.assertFalse(unknown)
        self.assertEqual(spelled, set(SPELLED), "nothing needs the others")
        self.assertLessEqual(set().union(*SPELLED.values()), ODOO_KEYS)

    def test_every_way_to_a_key_is_seen(self):
        for text, keys in {
            "self.env.context.get('a')": ["a"],
            "self.env.context['a']": ["a"],
            "'a' in records.env.context": ["a"],
            "self.env.context.get(KEY)": ["KEY"],
            "self.env.context.get(f'default_{name}')": ["default_"],
            "self.with_context(a=1, **{KEY: 2})": ["a", "**{KEY: 2}"],
            "self.with_context({'a': 1})": ["*{'a': 1}"],
            "env.company.get('a')": [],
        }.items():
            with self.subTest(text):
                self.assertEqual(list(find_keys(ast.parse(text))), keys)

    def _call(self, model, method, args, **context):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": {"context": context}},
        )

    def _sign_in(self, role):
        user = self.users[role]
        user.password = f"{user.login}!"
        self.authenticate(user.login, user.password)

    def _get_forged_keys(self):
        """Every key there is or was, each with what a client would send by it."""
        sentinels = {key for tree in read_trees().values() for key in find_sentinels(tree)}
        self.assertIn("skip_job_generation", sentinels)
        return {
            **dict.fromkeys(sentinels, True),
            **dict.fromkeys(HARMLESS_KEYS, True),
            **OLD_KEYS,
            "invoiced_jobs": [self.other.id],
            "invoice_fsm_order_ids": [],
            "records_field": "message_ids",
        }

    def _get_refused_calls(self, role):
        """What the role may not do, by its method: it may not do it with any key either."""
        own, figure = self.own.ids, "2026-11-02 12:00:00"
        block = self.own.assignment_ids
        calls = [
            ("fsm.order", "write", [own, {"sla_status": "met"}]),
            ("fsm.order", "write", [own, {"signed_on": figure}]),
            ("fsm.order", "write", [own, {"worked_hours": 9.0}]),
            ("sercom.service.file", "write", [self.own.service_file_id.ids, {"state": "paid"}]),
        ]
        if role in ("technician", "estimator", "accountant"):
            calls += [
                ("fsm.order", "action_cancel", [own]),
                ("fsm.order", "write", [own, {"person_id": False}]),
                ("fsm.order", "write", [own, {"assignment_ids": [[5, 0, 0]]}]),
                ("sercom.assignment", "write", [block.ids, {"date_start": figure}]),
                ("sercom.assignment", "unlink", [block.ids]),
            ]
        if role == "technician":
            calls += [
                ("fsm.order", "write", [own, {"date_end": figure}]),
                ("fsm.order", "write", [own, {"sold_hours": 1.0}]),
                ("fsm.order", "read", [self.other.ids]),
                ("sercom.service.file", "action_view_records", [self.own.service_file_id.ids]),
            ]
        return calls

    @mute_logger("odoo.http")
    def test_each_key_is_forged_by_each_role(self):
        """With every key there is, nobody gets and changes what they do not without."""
        self.own = self._create_billable_job(
            person_id=self.worker.id, scheduled_date_start=self.start
        )
        self.other = self._create_billable_job()
        self.assertTrue(self.own.assignment_ids)
        keys = self._get_forged_keys()
        for role in ROLES:
            self._sign_in(role)
            name = self._call("fsm.order", "read", [self.own.ids, ["display_name"]], **keys)
            self.assertIn(self.own.name, name[0]["display_name"])
            for model, method, args in self._get_refused_calls(role):
                for context in ({}, keys):
                    with (
                        self.subTest(role, call=(model, method, args[1:]), forged=bool(context)),
                        self.assertRaisesRegex(JsonRpcException, r"(Access|User|Validation)Error"),
                    ):
                        self._call(model, method, args, **context)

    def test_a_forged_key_keeps_no_report_from_the_client(self):
        self.own = self.other = self._create_billable_job(person_id=self.worker.id)
        self.company.job_report_send = "auto"
        self._sign_in("technician")
        self._call("fsm.order", "action_complete", [self.own.ids], **self._get_forged_keys())
        self.own.invalidate_recordset()
        report = self.own.job_report_id
        self.assertTrue(report.is_to_send, "the client gets the report all the same")
        self.assertFalse(report.date_sent)
