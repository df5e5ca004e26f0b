import inspect
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PIXEL
from .field_walk import QUIET, TakenBack, is_definition
from .flows import TwoFlowsCommon

CALLERS = ("public", "portal", "internal", "technician")
STAFF = ("internal", "technician")
# Odoo's own entry points, whose overrides call super(): the ORM asks for the rights.
ORM = {
    *("copy", "copy_data", "create", "default_get", "exists", "get_view", "init", "message_post"),
    *("onchange", "session_info", "unlink", "write"),
}
# Optional arguments that say of whom, or of what job.
WHOSE = {"employee_ids", "job_id"}
# What is answered all the same on somebody else's record or job, and why.
OPEN = {
    # Their own clock, and an answer for each punch: what is not theirs is refused there.
    "hr.attendance.get_clock_state": STAFF,
    "hr.attendance.punch_all": STAFF,
    # Their own day; a piece of a photo of theirs.
    "sercom.my.day.get_day": STAFF,
    "sercom.my.day.get_hours": STAFF,
    # The phone that they hold.
    "sercom.my.day.register_phone": STAFF,
    "sercom.my.day.unregister_phone": STAFF,
    "sercom.my.day.put_piece": STAFF,
    "sercom.my.day.sync": STAFF,
    # Odoo's search of a name: what the caller may read.
    "res.partner.web_name_search": CALLERS,
    # The jobs to plan, of those that they read: none.
    "sercom.scheduler.get_unscheduled": ("technician",),
    # What is asked on jobs, of those that they read.
    "sercom.checklist.action_view_answers": ("technician",),
    # Lists of a client or site that they read: in them is what they read.
    "fsm.location.action_view_jobs": ("technician",),
    "fsm.location.action_view_map": ("technician",),
    "fsm.location.action_view_service_files": ("technician",),
    "res.partner.action_open_owned_locations": ("technician",),
    "res.partner.action_view_jobs": ("technician",),
    "res.partner.action_view_service_files": ("technician",),
    # What is behind a figure, of those that they read.
    "sercom.kpi.report.action_open_records": ("technician",),
    # Odoo's own: of the figures that they read.
    "sercom.kpi.report.formatted_read_grouping_sets": ("technician",),
    # Odoo's own, for the device of whoever calls: refused without the server's key.
    "mail.push.device.register_devices": CALLERS,
    # Takes a record: by RPC there is none.
    "ir.actions.report.retrieve_attachment": CALLERS,
}


@tagged("post_install", "-at_install")
class TestPublicMethods(TwoFlowsCommon):
    """Every method without an underscore is called by RPC: each asks who calls."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        job = cls.other_job
        cls.env["sercom.sla.policy"].create({"name": "Gold"})
        cls.env["sercom.sla.pause"].create({"fsm_order_id": job.id})
        cls.env["fsm.recurring"].create({"location_id": job.location_id.id})
        cls.env["sercom.phone.action"].create(
            {
                "uuid": "1",
                "user_id": cls.users["dispatcher"].id,
                "fsm_order_id": job.id,
                "state": "proposed",
                "kind": "note",
            }
        )
        elsewhere = {"name": "Elsewhere", "owner_id": job.partner_id.id}
        cls.records = {
            record._name: record
            for record in (
                job,
                job.sale_id,
                cls.env["fsm.location"].create(elsewhere),
                job.assignment_ids[:1],
                job.assignment_ids[:1].calendar_event_id,
                job.attendance_ids[:1],
                job.timesheet_ids[:1],
                job.check_ids[:1],
                job.service_file_id,
                cls.env.ref("sercom_jobs.action_report_completion"),
            )
        }
        start = fields.Datetime.to_string(cls.start + timedelta(days=40))
        end = fields.Datetime.to_string(cls.start + timedelta(days=40, hours=2))
        span = {"date_start": start, "date_end": end}
        uuid = "0b7f5a52-9d5e-4f0c-9d4e-1d1f4f1f0a01"
        note = {"uuid": uuid, "kind": "note", "job_id": job.id, "text": "x"}
        people = {"employee_ids": [cls.other.id]}
        cls.arguments = {
            **span,
            **people,
            "actions": [note],
            "addr": "1 Main Street",
            "changes": {job.assignment_ids[:1].id: span},
            "data": "AAAA",
            "date_from": start[:10],
            "date_to": fields.Date.to_string(cls.start + timedelta(days=42)),
            "employee_id": cls.other.id,
            "event_id": job.assignment_ids[:1].calendar_event_id.id,
            "files": [{"name": "a.png", "image": PIXEL.decode()}],
            "is_modify": False,
            "job_id": job.id,
            "job_ids": job.ids,
            "key": "jobs",
            "kind": "start",
            "moment": "during",
            "name": "Oth",
            "next_visit_date": start[:10],
            "next_visit_note": "x",
            "order_id": job.id,
            "position": 0,
            "product_id": cls.product_part.id,
            "punches": [{"kind": "start", "job_id": job.id, **people}],
            "quantity": 1,
            "reason": "x",
            "seen": {},
            "slot": {"employee_id": cls.other.id, **span},
            "specification": {"display_name": {}},
            "text": "Oth",
            "uuid": uuid,
            "value": "yes",
            "vals": {"reason": "x", "attendance_id": job.attendance_ids[:1].id},
        }
        cls.env.flush_all()

    def _get_methods(self):
        """Names of the public methods that modules of Sercom define: pairs of model and method."""
        for name, Model in sorted(self.env.registry.items()):
            if Model._abstract and (name.endswith("mixin") or not name.startswith("sercom.")):
                continue
            names = {
                attribute
                for base in Model.mro()
                if is_definition(base) and (base._module or "").startswith("sercom")
                for attribute, value in vars(base).items()
                if not attribute.startswith("_") and inspect.isfunction(value)
            }
            for method in sorted(names - ORM):
                if not getattr(getattr(Model, method), "_api_private", False):
                    yield name, method

    def _get_arguments(self, name, method):
        """Arguments of a call about somebody else's record: ``(args, kwargs)``."""
        function = getattr(self.env.registry[name], method)
        parameters = list(inspect.signature(function).parameters.values())[1:]
        kwargs = {
            parameter.name: self.arguments.get(parameter.name, False)
            for parameter in parameters
            if parameter.kind is parameter.POSITIONAL_OR_KEYWORD
            and (parameter.default is parameter.empty or parameter.name in WHOSE)
        }
        if getattr(function, "_api_model", False):
            return [], kwargs
        return [self._get_record(name).ids or [10**6]], kwargs

    def _get_record(self, name):
        Model = self.env[name].sudo()
        if name in self.records:
            return self.records[name]
        own = set().union(*(self.own[role].get(name, ()) for role in CALLERS))
        is_stored = Model._table_query or Model._auto
        return Model.search([("id", "not in", list(own))], limit=1) if is_stored else Model

    def _call(self, name, method, role):
        """Call as a client does: ``(whether it was refused, what was answered or told)``."""
        args, kwargs = self._get_arguments(name, method)
        self.env.invalidate_all()
        user = self.users[role]
        Model = self.env(user=user, context={"allowed_company_ids": user.company_id.ids})[name]
        try:
            with mute_logger(*QUIET), self.env.cr.savepoint():
                answer = call_kw(Model, method, args, kwargs)
                self.env.flush_all()
                raise TakenBack(answer)
        except TakenBack as answer:
            return False, repr(answer)
        except AccessError as error:
            return True, str(error)
        except MissingError as error:
            return Model._transient, str(error)
        except UserError as error:
            return False, str(error)
        except Exception as error:  # noqa: BLE001 - whatever comes after the call got through
            return False, repr(error)
        finally:
            self.env.invalidate_all(flush=False)

    def test_each_asks_who_calls(self):
        methods = list(self._get_methods())
        self.assertGreater(len(methods), 150)
        opened, told = [], []
        for name, method in methods:
            key = f"{name}.{method}"
            for role in CALLERS:
                is_refused, answer = self._call(name, method, role)
                if is_refused == (role in OPEN.get(key, ())):
                    opened.append(f"{key} as {role}: {answer[:200]}")
                if "Other client" in answer and role not in OPEN.get(key, ()):
                    told.append(f"{key} as {role}: {answer[:200]}")
        self.assertFalse(opened, "\n".join(opened))
        self.assertFalse(told, "They tell whose it is:\n" + "\n".join(told))

    def test_what_is_open_is_there(self):
        methods = {f"{name}.{method}" for name, method in self._get_methods()}
        self.assertFalse(OPEN.keys() - methods)
