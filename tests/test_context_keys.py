import ast
from pathlib import Path

from odoo.tests import HttpCase, tagged

from odoo.addons.sercom_requests.tools.context import HARMLESS_KEYS

from .common import SercomCommon

ADDONS = Path(__file__).parents[1] / "addons"
# Keys of Odoo and OCA that Sercom reads or sends.
ODOO_KEYS = {
    *("active_id", "active_ids", "active_model", "active_test", "allowed_company_ids"),
    *("bypass_order_completed_stage", "display_default_code", "force_report_rendering"),
    *("ir_cron_progress_id", "lang", "mail_activity_quick_update", "mail_notrack"),
    *("no_mail_to_attendees", "raise_if_nothing_to_invoice", "tracking_disable", "tz"),
    # Values that a template is rendered with.
    *("person", "zone"),
}


def find_keys(path):
    """Keys of the context that a file reads or sends, by their names in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr == "with_context":
                yield from (word.arg for word in node.keywords if word.arg)
            is_context = ast.unparse(node.func.value).endswith("context")
            if node.func.attr == "get" and is_context and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value
        elif (
            isinstance(node, ast.Subscript)
            and isinstance(node.slice, ast.Constant)
            and ast.unparse(node.value).endswith("env.context")
        ):
            yield node.slice.value


@tagged("post_install", "-at_install")
class TestContextKeys(HttpCase, SercomCommon):
    """No key of the context that a client can send grants or skips anything."""

    def test_few_keys_and_harmless_ones(self):
        self.assertLessEqual(len(HARMLESS_KEYS), 4)
        for path in ADDONS.glob("*/**/*.py"):
            if "/tests/" in str(path):
                continue
            for key in find_keys(path):
                if not key.startswith("default_"):
                    known = key in ODOO_KEYS or key in HARMLESS_KEYS
                    self.assertTrue(known, f"{path.relative_to(ADDONS)}: {key}")

    def _call(self, model, method, args, **context):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": {"context": context}},
        )

    def test_each_key_is_forged_by_a_technician(self):
        """With every key there is, a technician gets and changes what they do without."""
        own = self._create_billable_job(person_id=self.worker.id)
        other = self._create_billable_job()
        technician = self.users["technician"]
        technician.password = "role_technician!"
        self.authenticate(technician.login, technician.password)
        keys = {
            **dict.fromkeys(HARMLESS_KEYS, True),
            **dict.fromkeys(
                ("import_file", "mark_job_report_sent", "checklists_later", "imported"), True
            ),
            "skip_job_generation": True,
            "invoice_fsm_order_ids": [],
            "invoiced_jobs": [other.id],
            "records_field": "message_ids",
        }
        for vals in (
            {"date_end": "2026-11-02 12:00:00"},
            {"person_id": False},
            {"sold_hours": 1.0},
            {"sla_status": "met"},
            {"signed_on": "2026-11-02 12:00:00"},
        ):
            with self.subTest(vals), self.assertRaises(Exception):  # noqa: B017 - any refusal
                self._call("fsm.order", "write", [own.ids, vals], **keys)
        for method, job in (("read", other), ("action_cancel", own)):
            with self.subTest(method), self.assertRaises(Exception):  # noqa: B017
                self._call("fsm.order", method, [job.ids], **keys)
        file = own.service_file_id
        with self.assertRaises(Exception):  # noqa: B017
            self._call("sercom.service.file", "action_view_records", [file.ids], **keys)
        name = self._call("fsm.order", "read", [own.ids, ["display_name"]], **keys)
        self.assertIn(own.name, name[0]["display_name"])
        self.company.job_report_send = "auto"
        self._call("fsm.order", "action_complete", [own.ids], **keys)
        own.invalidate_recordset()
        report = own.job_report_id
        self.assertTrue(report.is_to_send, "the client gets the report all the same")
        self.assertFalse(report.date_sent)
