from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PIXEL, SercomCommon

CONVERSIONS = {
    "crm.lead": ("quote", "job", "invoice"),
    "sale.order": ("job", "invoice"),
    "fsm.order": ("quote", "invoice"),
}


@tagged("post_install", "-at_install")
class TestAccess(SercomCommon):
    """Each correction of access; what a technician and a client see; companies kept apart."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request = cls._create_request()
        cls.own_job = cls._create_billable_job(person_id=cls.worker.id)
        cls.other_job = cls._create_billable_job()
        for job in cls.own_job | cls.other_job:
            cls.env["sercom.photo"].create(
                {"name": "Leak", "image_1920": PIXEL, "fsm_order_id": job.id}
            )

    def _as(self, role, records):
        return records.with_user(self.users[role])

    # What OCA gives too widely

    def test_field_service_users_do_not_edit_invoices(self):
        self.own_job.action_complete()
        self.own_job.action_convert_to_invoice()
        line = self.own_job.sale_line_ids.invoice_lines[:1]
        self.assertTrue(line)
        for role in ("technician", "estimator", "dispatcher"):
            line_of_role = self._as(role, line)
            with self.assertRaises(AccessError):
                line_of_role.name = "Changed"
            with self.assertRaises(AccessError):
                line_of_role.unlink()

    def test_employee_reads_no_job(self):
        """Neither fieldservice_crm nor fieldservice_project gives jobs to every employee."""
        for role in ("internal", "portal"):
            with self.assertRaises(AccessError):
                self._as(role, self.own_job).read(["name"])
            with self.assertRaises(AccessError):
                self._as(role, self.env["fsm.order"]).search([])

    def test_no_dependency_opens_field_service_to_everybody(self):
        """A rule closes jobs whoever opens them; the lines that do are closed one by one too."""
        groups = [self.env.ref(f"base.group_{name}").id for name in ("user", "portal", "public")]
        lines = self.env["ir.model.access"].search(
            [("model_id.model", "=like", "fsm.%"), ("group_id", "in", [*groups, False])]
        )
        granted = lines.filtered(
            lambda line: line.perm_read or line.perm_write or line.perm_create or line.perm_unlink
        )
        self.assertFalse(granted.mapped("display_name"))

    def test_own_user_reads_own_jobs_only(self):
        Job = self._as("technician", self.env["fsm.order"])
        self.assertEqual(Job.search([]), self.own_job)
        for access in (lambda job: job.read(["name"]), lambda job: job.write({"todo": "x"})):
            access(self._as("technician", self.own_job))
            with self.assertRaises(AccessError):
                access(self._as("technician", self.other_job))

    def test_second_worker_of_a_job_reads_it(self):
        self.other_job.person_ids |= self.worker
        self.assertEqual(self._as("technician", self.other_job).name, self.other_job.name)

    def test_employee_edits_no_territory(self):
        for model in ("res.territory", "res.branch", "res.district", "res.region"):
            record = self.env[model].create({"name": "North"})
            for role in ("internal", "technician", "dispatcher"):
                with self.assertRaises(AccessError):
                    self._as(role, record).name = "South"
                with self.assertRaises(AccessError):
                    self._as(role, record).unlink()
            self._as("manager", record).name = "South"

    # What a technician sees

    def test_technician_sees_own_job_whole(self):
        job = self._as("technician", self.own_job)
        self.assertEqual(job.partner_id.phone, self.client_partner.phone)
        self.assertEqual(job.location_id.street, self.site.street)
        self.assertEqual(job.file_photo_ids.mapped("name"), ["Leak"])
        self.assertEqual(sum(job.sale_line_ids.mapped("price_unit")), 110.0 + 65.0 + 40.0)
        self.assertTrue(job.service_file_id.name)
        views = job.get_views([(False, view) for view in ("kanban", "list", "form")])
        for view in views["views"].values():
            self.assertNotIn("amount_sold", view["arch"])

    def test_technician_sees_nothing_of_other_jobs(self):
        for records in (
            self.other_job.service_file_id,
            self.other_job.service_file_id.photo_ids,
            self.other_job.sale_line_ids,
        ):
            with self.assertRaises(AccessError):
                self._as("technician", records).read(["display_name"])
        own = self.own_job
        for records in (own.service_file_id, own.photo_ids, own.sale_line_ids):
            self.assertEqual(self._as("technician", records).search([]), records)

    def test_technician_reads_no_total_of_a_file(self):
        file = self._as("technician", self.own_job.service_file_id)
        self.assertTrue(file.timeline)
        for field in ("amount_quoted", "amount_sold", "amount_invoiced", "amount_paid"):
            with self.assertRaises(AccessError):
                file.read([field])

    def test_technician_does_not_join_another_file(self):
        """Nobody opens a file to themselves by linking their own records to it."""
        file = self.other_job.service_file_id
        partner = self.users["technician"].partner_id
        meeting = {"name": "Mine", "start": self.start, "stop": self.start}
        meeting["partner_ids"] = [Command.set(partner.ids)]
        Event = self._as("technician", self.env["calendar.event"])
        for link in ({"service_file_id": file.id}, {"fsm_order_id": self.other_job.id}):
            with self.assertRaises(AccessError):
                Event.create({**meeting, **link})
            with self.assertRaises(AccessError):
                Event.create(meeting).write(link)
        with self.assertRaises(AccessError):
            self._as("technician", self.own_job).service_file_id = file
        self.assertFalse(self._as("technician", file).has_access("read"))

    def test_technician_does_not_become_another_worker(self):
        worker = self.env["fsm.person"].create({"name": "Another worker"})
        self.other_job.person_id = worker
        with self.assertRaises(AccessError):
            self._as("technician", worker).partner_id = self.users["technician"].partner_id

    # What a client of the portal sees

    def test_client_sees_nothing_of_the_firm(self):
        for records in (
            self.own_job,
            self.own_job.service_file_id,
            self.own_job.service_file_id.photo_ids,
            self.request,
            self.request.request_line_ids,
            self.site,
            self.worker,
        ):
            with self.assertRaises(AccessError):
                self._as("portal", records).read(["display_name"])

    # Conversions

    def test_conversions_are_refused_to_others(self):
        quote = self._create_quote()
        records = {"crm.lead": self.request, "sale.order": quote, "fsm.order": self.other_job}
        for model, targets in CONVERSIONS.items():
            for target in targets:
                for role in ("technician", "internal", "portal"):
                    with self.subTest(model=model, target=target, role=role):
                        record = self._as(role, records[model])
                        with self.assertRaises(AccessError):
                            getattr(record, f"action_convert_to_{target}")()
        self.assertFalse(self.request.order_ids)
        self.assertEqual(quote.state, "draft")

    def test_technician_bills_nothing(self):
        """Not even the job they may edit."""
        job = self._as("technician", self.own_job)
        job.action_complete()
        with self.assertRaises(AccessError):
            job.action_convert_to_invoice()
        self.assertFalse(self.own_job.sale_line_ids.invoice_lines)

    def test_office_converts(self):
        quote = self._create_quote()
        self.assertTrue(self._as("estimator", self.request).action_convert_to_quote())
        self.assertTrue(self._as("dispatcher", quote).action_convert_to_job())
        self.other_job.action_complete()
        self.assertTrue(self._as("accountant", self.other_job).action_convert_to_invoice())

    def test_only_dispatchers_cancel(self):
        for role in ("technician", "estimator", "accountant"):
            with self.assertRaises(AccessError):
                self._as(role, self.own_job).action_cancel()
        self._as("dispatcher", self.own_job).action_cancel()
        self.assertEqual(self.own_job.state, "cancelled")

    # Companies

    def test_second_company_sees_nothing_of_the_first(self):
        user = self._create_dispatcher_of(self._create_second_company())
        for records in (
            self.own_job | self.other_job,
            self.own_job.service_file_id,
            self.own_job.service_file_id.photo_ids,
            self.own_job.sale_id,
            self.own_job.sale_line_ids,
        ):
            foreign = records.with_user(user)
            self.assertFalse(foreign.search([]), records._name)
            with self.assertRaises(AccessError):
                foreign.read(["display_name"])

    def test_second_company_has_jobs_of_its_own(self):
        company = self._create_second_company()
        env = self.env(user=self._create_dispatcher_of(company))
        client = env["res.partner"].create({"name": "Client of the second company"})
        site = env["fsm.location"].create({"name": "Site", "owner_id": client.id})
        job = env["fsm.order"].create({"location_id": site.id})
        self.assertEqual(job.company_id, company)
        self.assertEqual(job.team_id.company_id, company)
        self.assertEqual(job.state, "to_plan")
        self.assertEqual(job.service_file_id.company_id, company)
        self.assertEqual(job.sale_id.sudo().company_id, company)
        job.action_start()
        job.action_complete()
        self.assertEqual(job.state, "done")
