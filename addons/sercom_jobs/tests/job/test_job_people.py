from datetime import timedelta

from odoo.tests import new_test_user, tagged

from ..common import SercomJobsCommon


def _of_people(path=""):
    """Domain of the jobs of a user's partner, from their workers."""
    return lambda user: [
        "|",
        (f"{path}person_id.partner_id", "=", user.partner_id.id),
        (f"{path}person_ids.partner_id", "=", user.partner_id.id),
    ]


def _of_file(path=""):
    jobs = _of_people(f"{path}fsm_order_ids.")
    visits = f"{path}appointment_ids.partner_ids"
    return lambda user: ["|", (visits, "=", user.partner_id.id), *jobs(user)]


def _of_block(user):
    jobs = _of_people("fsm_order_id.")
    return ["|", ("employee_id.user_id", "=", user.id), *jobs(user)]


# What a technician reads (of sites: writes), said of the workers themselves.
OWN = {
    "fsm.order": _of_people(),
    "fsm.location": _of_people("fsm_order_ids."),
    "sale.order.line": _of_people("fsm_order_id."),
    "sercom.assignment": _of_block,
    "sercom.job.check": _of_people("fsm_order_id."),
    "sercom.job.report": _of_people("fsm_order_id."),
    "sercom.measurement": _of_file("service_file_id."),
    "sercom.photo": _of_file("service_file_id."),
    "sercom.service.file": _of_file(),
}


@tagged("post_install", "-at_install")
class TestJobPeople(SercomJobsCommon):
    """The people of a job are stored once, and are those whom its workers say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_helper = cls._create_technician("sercom_helper")
        cls.user_stranger = cls._create_technician("sercom_stranger")
        cls.user_outsider = cls._create_technician("sercom_outsider")
        cls.users = cls.user_technician | cls.user_helper | cls.user_stranger | cls.user_outsider
        cls.helper = cls.env["hr.employee"].create(
            {"name": "Paul Roy", "user_id": cls.user_helper.id}
        )
        cls.outsider = cls.env["fsm.person"].create({"partner_id": cls.user_outsider.partner_id.id})
        people = {
            "alone": cls.employee,
            "helped": cls.helper,
            "both": cls.employee | cls.helper,
            "nobody": cls.employee.browse(),
        }
        cls.jobs = {
            name: cls._create_full_job(employees, days)
            for days, (name, employees) in enumerate(people.items())
        }
        cls.jobs["outside"] = cls._create_full_job(cls.employee.browse(), 5)
        cls.jobs["outside"].person_ids = cls.outsider

    def setUp(self):
        super().setUp()
        self.jobs = dict(self.jobs)

    @classmethod
    def _create_technician(cls, login):
        return new_test_user(cls.env, login=login, groups="fieldservice.group_fsm_user_own")

    @classmethod
    def _create_full_job(cls, employees, days):
        """Make a job of ``employees`` with one record of each kind that follows it."""
        job = cls._create_billable_job(
            location_id=cls._create_site(name=f"Site {days}").id, description=f"Job {days}"
        )
        start = cls.start + timedelta(days=days)
        cls.env["sercom.assignment"].create(
            [
                {
                    "fsm_order_id": job.id,
                    "employee_id": employee.id,
                    "date_start": start,
                    "date_end": start + timedelta(hours=2),
                    "state": "confirmed",
                }
                for employee in employees
            ]
        )
        cls.env["sercom.measurement"].create(
            {"name": "Pipe", "value": 2.0, "service_file_id": job.service_file_id.id}
        )
        return job

    def _get_seen(self, model, user):
        """What ``user`` reads of ``model``; of sites, what they may write."""
        if model == "fsm.location":
            return self.env[model].search([]).with_user(user)._filtered_access("write")
        return self.env[model].with_user(user).search([])

    def _check_seen(self):
        """Check that each technician sees what the workers of the jobs say, and nothing else.

        :return: names of the jobs that each user sees, as ``{user: set}``
        """
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.registry.clear_cache()  # the rules of a user are kept with their partner
        for user in self.users:
            for model, get_domain in OWN.items():
                own = self.env[model].sudo().with_context(active_test=False)
                with self.subTest(user=user.login, model=model):
                    self.assertEqual(
                        self._get_seen(model, user).sudo().with_env(own.env),
                        own.search(get_domain(user)),
                    )
        return {
            user: {
                name for name, job in self.jobs.items() if job.with_user(user).has_access("read")
            }
            for user in self.users
        }

    def _assert_seen(self, **names):
        seen = self._check_seen()
        for login, jobs in names.items():
            user = self.users.filtered(lambda user, login=login: user.login == f"sercom_{login}")
            self.assertEqual(seen[user], set(jobs.split()), login)

    def test_stored_once(self):
        self.assertEqual(self.jobs["both"].user_ids, self.user_technician | self.user_helper)
        copied = self.env["ir.rule"].search([("domain_force", "like", "person_ids.")])
        self.assertFalse(copied.mapped("name"), "rules ask `user_ids`")

    def test_technicians_see_their_jobs_and_what_follows_them(self):
        self._assert_seen(
            technician="alone both", helper="helped both", outsider="outside", stranger=""
        )
        for model in set(OWN) - {"sercom.photo", "sercom.job.check", "sercom.job.report"}:
            self.assertTrue(self._get_seen(model, self.user_technician), model)

    def test_hand_over(self):
        self.jobs["alone"].assignment_ids.employee_id = self.helper
        self._assert_seen(technician="both", helper="alone helped both")
        self.jobs["nobody"].write(
            {"person_id": self.worker.id, "scheduled_date_start": self.start + timedelta(days=9)}
        )
        self._assert_seen(technician="nobody both")

    def test_hand_over_is_seen_in_the_same_transaction(self):
        jobs = {user: self.env["fsm.order"].with_user(user) for user in self.users}
        seen = {user: job.search([]) for user, job in jobs.items()}
        self.jobs["alone"].assignment_ids.employee_id = self.helper
        self.assertNotIn(self.jobs["alone"], jobs[self.user_technician].search([]))
        self.assertEqual(
            jobs[self.user_helper].search([]), seen[self.user_helper] | self.jobs["alone"]
        )
        file = self.jobs["outside"].service_file_id.with_user(self.user_outsider)
        self.jobs["outside"].person_ids = False
        self.assertFalse(file.search([]))

    def test_cancelled_visit_and_cancelled_job(self):
        both = self.jobs["both"].assignment_ids
        both.filtered(lambda block: block.employee_id == self.helper).action_cancel()
        self.jobs["alone"].action_cancel()
        self._assert_seen(technician="alone both", helper="helped")

    def test_done_job(self):
        self.jobs["both"].action_start()
        self.jobs["both"].action_complete()
        self._assert_seen(technician="alone both", helper="helped both")

    def test_worker_without_employee_file_leaves(self):
        self.jobs["outside"].person_ids = False
        self._assert_seen(outsider="")
        self.jobs["outside"].person_id = self.outsider
        self._assert_seen(outsider="outside")

    def test_archived_worker_and_user(self):
        self.worker.active = False
        self.outsider.active = False
        self._assert_seen(technician="alone both", outsider="outside")
        job = self._create_full_job(self.employee.browse(), 8)
        job.person_ids = self.worker
        self.jobs["late"] = job
        self._assert_seen(technician="alone both late")
        self.user_technician.active = False
        self.jobs["nobody"].person_ids = self.worker
        self.user_technician.active = True
        self._assert_seen(technician="alone both late nobody")

    def test_user_of_an_employee_changes(self):
        self.employee.user_id = self.user_stranger
        self._check_seen()
        self.employee.user_id = False
        self._check_seen()

    def test_partner_of_a_user_or_worker_changes(self):
        partner = self.env["res.partner"].create({"name": "Somebody"})
        self.user_stranger.partner_id, self.user_technician.partner_id = (
            self.user_technician.partner_id,
            partner,
        )
        self._assert_seen(technician="", stranger="alone both")
        self.outsider.partner_id = partner
        self._assert_seen(technician="outside", outsider="")

    def test_merged_contacts(self):
        contact = self.env["res.partner"].create({"name": "L. Gagnon"})
        person = self.env["fsm.person"].create({"partner_id": contact.id})
        self.jobs["nobody"].person_ids = person
        self._assert_seen(stranger="")
        partner = self.user_stranger.partner_id
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (partner | contact).ids, partner, extra_checks=False
        )
        self._assert_seen(stranger="nobody")

    def test_user_made_for_a_worker(self):
        self.jobs["nobody"].person_ids = self.env["fsm.person"].create({"name": "New hand"})
        user = self._create_technician("sercom_hand")
        self.users |= user
        self._assert_seen(hand="")
        user.partner_id = self.jobs["nobody"].person_ids.partner_id
        self._assert_seen(hand="nobody")
        user.unlink()
        self.users -= user
        self._check_seen()
