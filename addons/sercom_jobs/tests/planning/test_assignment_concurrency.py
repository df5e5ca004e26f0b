from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..parallel import ParallelCase

START = datetime(2031, 3, 4, 14)
CALLERS = 32


class PlanningParallelCase(ParallelCase):
    """Jobs of one site, and two people who can be planned on them."""

    @staticmethod
    def _create_base(env):
        client, site = ParallelCase._create_site(env, "Client of parallel planning")
        people = env["hr.employee"].create([{"name": "Luc Gagnon"}, {"name": "Anne Roy"}])
        jobs = env["fsm.order"].create([{"location_id": site.id} for _number in range(CALLERS)])
        return {
            "site": site.id,
            "client": client.id,
            "people": people.ids,
            "jobs": jobs.ids,
            "names": set(jobs.mapped("name")),
        }

    def _delete_base(self, env):
        jobs = env["fsm.order"].browse(self.base["jobs"])
        orders, files = jobs.sale_id, jobs.service_file_id
        workers = env["fsm.person"].search([("employee_id", "in", self.base["people"])])
        jobs.assignment_ids.unlink()
        orders._action_cancel()
        with patch.object(self.registry["fsm.order"], "can_unlink", lambda jobs: True):
            jobs.unlink()
        orders.exists().unlink()
        files.unlink()
        partners = workers.partner_id
        workers.unlink()
        env["hr.employee"].browse(self.base["people"]).unlink()
        site = env["fsm.location"].browse(self.base["site"])
        partners |= site.partner_id + env["res.partner"].browse(self.base["client"])
        site.unlink()
        partners.unlink()

    def _book(self, job_id, people, hour=0):
        def call(env):
            blocks = env["sercom.assignment"].create(
                [
                    {
                        "fsm_order_id": job_id,
                        "employee_id": person,
                        "date_start": START + timedelta(hours=hour),
                        "date_end": START + timedelta(hours=hour + 2),
                    }
                    for person in people
                ]
            )
            return blocks.ids

        return call


@tagged("post_install", "-at_install")
class TestAssignmentConcurrency(PlanningParallelCase):
    """Several dispatchers plan the same people at the same moment."""

    def _get_booked(self):
        """``[(job, person)]`` of the blocks that stand, and the jobs that have a worker."""

        def read(env):
            jobs = env["fsm.order"].browse(self.base["jobs"])
            blocks = jobs.assignment_ids
            return (
                [(block.fsm_order_id.name, block.employee_id.name) for block in blocks],
                jobs.filtered("person_id").mapped("name"),
            )

        return self._run(read)

    @mute_logger("odoo.sql_db")
    def test_one_of_32_wins_and_the_others_read_who_what_and_when(self):
        person = self.base["people"][0]
        answers = self._run_together([self._book(job, [person]) for job in self.base["jobs"]])
        lost = [answer for answer in answers if isinstance(answer, Exception)]
        blocks, planned = self._get_booked()
        self.assertEqual(len(blocks), 1)
        self.assertEqual(planned, [blocks[0][0]])
        self.assertEqual(len(lost), CALLERS - 1)
        for error in lost:
            self.assertIsInstance(error, ValidationError)
            self.assertRegex(
                str(error), rf"Luc Gagnon, Mar 4, \d\d:00 – \d\d:00 \({blocks[0][0]}\) is already"
            )
        told = {name for name in self.base["names"] if any(name in str(error) for error in lost)}
        self.assertEqual(told, self.base["names"], "everybody reads which job was refused")

    @mute_logger("odoo.sql_db")
    def test_two_crews_in_opposite_order(self):
        luc, anne = self.base["people"]
        jobs = self.base["jobs"][:8]
        answers = self._run_together(
            [
                self._book(job, [luc, anne] if number % 2 else [anne, luc])
                for number, job in enumerate(jobs)
            ]
        )
        won = [answer for answer in answers if not isinstance(answer, Exception)]
        self.assertEqual(len(won), 1)
        blocks, _planned = self._get_booked()
        self.assertEqual(len(blocks), 2, "all of a crew, or nobody")
        self.assertEqual(len({job for job, _person in blocks}), 1)

    @mute_logger("odoo.sql_db")
    def test_two_blocks_moved_to_one_place(self):
        person = self.base["people"][0]
        ids = [
            self._run(self._book(job, [person], hour=hour))[0]
            for job, hour in zip(self.base["jobs"][:2], (10, 20), strict=True)
        ]

        def move(block_id):
            return lambda env: (
                env["sercom.assignment"].browse(block_id).write({"date_start": START})
            )

        answers = self._run_together([move(block_id) for block_id in ids])
        self.assertEqual(sum(isinstance(answer, ValidationError) for answer in answers), 1)
        starts = self._run(lambda env: env["sercom.assignment"].browse(ids).mapped("date_start"))
        self.assertEqual(starts.count(START), 1, "the other stays where it was")
