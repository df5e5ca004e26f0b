import re
from datetime import timedelta
from pathlib import Path

from odoo import Command, fields
from odoo.tests import tagged

from .common import PIXEL, ROLES, SercomCommon

DOCUMENT = Path(__file__).parents[1] / "docs" / "access.md"
COLUMNS = ("internal", "portal", *ROLES)
LETTERS = {"R": "read", "W": "write", "C": "create", "D": "unlink"}


def read_table():
    """Rows of the document's table: ``{name in code style: [cells]}``."""
    rows = {}
    for line in DOCUMENT.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        name = re.search(r"`([a-z.]+(:[a-z]+)?)`", cells[0])
        if name and len(cells) == len(COLUMNS) + 1:
            rows[name[1]] = cells[1:]
    return rows


@tagged("post_install", "-at_install")
class TestAccessTable(SercomCommon):
    """docs/access.md says who may do what: every cell of its table is tried."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.checklist = cls.env["sercom.checklist"].create(
            {"name": "Checklist", "line_ids": [Command.create({"name": "Gas shut off"})]}
        )
        own = cls._create_flow(person_id=cls.worker.id)
        other = cls._create_flow()
        cls.samples = {
            f"{record._name}:{owner}": record
            for owner, flow in (("own", own), ("other", other))
            for record in flow
        }

    @classmethod
    def _create_flow(cls, **vals):
        """Make a job with all that it may have, for a client of nobody's portal."""
        client = cls.env["res.partner"].create({"name": "Client"})
        site = cls.env["fsm.location"].create({"name": "Site", "owner_id": client.id})
        job = cls._create_billable_job(location_id=site.id, **vals)
        evidence = {"name": "Seen", "fsm_order_id": job.id}
        photo = cls.env["sercom.photo"].create({**evidence, "image_1920": PIXEL})
        measurement = cls.env["sercom.measurement"].create(evidence)
        block = cls._create_assignment(job, vals.get("person_id"))
        job.checklist_ids = cls.checklist
        entry, correction = cls._create_hours(block)
        own = (job, job.sale_id, job.sale_line_ids[:1], job.service_file_id, job.check_ids)
        return *own, photo, measurement, block, entry, entry.timesheet_ids, correction

    @classmethod
    def _create_hours(cls, block):
        """Clock the person of a block for an hour, and propose that it were two."""
        start = fields.Datetime.now() - timedelta(days=1)
        entry = cls.env["hr.attendance"].create(
            {
                "employee_id": block.employee_id.id,
                "fsm_order_id": block.fsm_order_id.id,
                "check_in": start,
                "check_out": start + timedelta(hours=1),
            }
        )
        correction = entry.action_propose_correction(
            {"check_out": start + timedelta(hours=2), "reason": "Stayed longer"}
        )
        return entry, correction

    @classmethod
    def _create_assignment(cls, job, worker_id):
        """Plan the worker on the job, or somebody else."""
        person = cls.env["fsm.person"].browse(worker_id).employee_id
        return cls.env["sercom.assignment"].create(
            {
                "fsm_order_id": job.id,
                "employee_id": (person or cls.env["hr.employee"].create({"name": "Other"})).id,
                "date_start": cls.start,
            }
        )

    def _get_letters(self, name, role):
        """Letters of what a role may do with a model, or with one record of it."""
        records = self.samples[name] if ":" in name else self.env[name]
        records = records.with_user(self.users[role])
        letters = "".join(
            letter
            for letter, operation in LETTERS.items()
            if records.has_access(operation) and not (letter == "C" and ":" in name)
        )
        return letters or "–"

    def test_every_cell_is_true(self):
        table = read_table()
        self.assertGreater(len(table), 40)
        wrong = []
        for name, cells in table.items():
            actual = [self._get_letters(name, role) for role in COLUMNS]
            if actual != cells:
                wrong.append(f"`{name}` | {' | '.join(actual)} |")
        self.assertFalse(wrong, "The table of docs/access.md should say:\n" + "\n".join(wrong))

    def test_every_model_of_the_suite_is_there(self):
        """A model that an add-on brings or that a rule of Sercom guards has its row."""
        data = self.env["ir.model.data"].search([("module", "=like", "sercom%")])
        own = {
            name
            for name in self.env["ir.model"]
            .browse(data.filtered(lambda d: d.model == "ir.model").mapped("res_id"))
            .mapped("model")
            if name.startswith("sercom.") and not self.env[name]._abstract
        }
        rules = self.env["ir.rule"].browse(
            data.filtered(lambda d: d.model == "ir.rule").mapped("res_id")
        )
        access = self.env["ir.model.access"].browse(
            data.filtered(lambda d: d.model == "ir.model.access").mapped("res_id")
        )
        guarded = set((rules.model_id | access.model_id).mapped("model"))
        self.assertFalse((own | guarded) - set(read_table()))
