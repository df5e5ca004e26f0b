from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..common import PIXEL, SercomRequestsCommon

SVG = b"PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4="  # <svg xmlns=…/>


@tagged("post_install", "-at_install")
class TestEvidenceAccess(SercomRequestsCommon):
    """Photos and measurements hang only on what their author may change, and stay there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        worker = cls.env["fsm.person"].create({"partner_id": cls.user_technician.partner_id.id})
        Job = cls.env["fsm.order"]
        cls.own = Job.create({"location_id": cls.site.id, "person_id": worker.id})
        cls.other = Job.create({"location_id": cls._create_site(name="Elsewhere").id})
        cls.request = cls._create_request()

    def _as(self, user, model):
        return self.env[model].with_user(user)

    def _vals(self, model, **links):
        image = {"image_1920": PIXEL} if model == "sercom.photo" else {}
        return {"name": "Seen", **image, **links}

    def _create(self, model, **links):
        return self.env[model].create(self._vals(model, **links))

    def test_technician_hangs_evidence_on_own_jobs_only(self):
        for model in ("sercom.photo", "sercom.measurement"):
            Evidence = self._as(self.user_technician, model)
            own = Evidence.create(self._vals(model, fsm_order_id=self.own.id))
            self.assertEqual(own.sudo().service_file_id, self.own.service_file_id)
            for links in (
                {"fsm_order_id": self.other.id},
                {"opportunity_id": self.request.id},
                {"service_file_id": self.other.service_file_id.id},
                {"fsm_order_id": self.own.id, "service_file_id": self.other.service_file_id.id},
            ):
                with self.subTest(model=model, links=list(links)):
                    with self.assertRaises(AccessError), self.cr.savepoint():
                        Evidence.create(self._vals(model, **links))
                    defaults = {f"default_{name}": value for name, value in links.items()}
                    with self.assertRaises(AccessError), self.cr.savepoint():
                        Evidence.with_context(**defaults).create(self._vals(model))
                    with self.assertRaises(AccessError), self.cr.savepoint():
                        own.write(links)

    def test_no_file_opens_by_a_link(self):
        file = self.other.service_file_id
        job = self.own.with_user(self.user_technician)
        photo = self._create("sercom.photo", fsm_order_id=self.other.id)
        commands = (
            {"photo_ids": [Command.link(photo.id)]},
            {"photo_ids": [Command.update(photo.id, {"name": "Mine"})]},
            {"photo_ids": [Command.delete(photo.id)]},
            {"photo_ids": [Command.create(self._vals("sercom.photo", service_file_id=file.id))]},
        )
        for vals in commands:
            with self.subTest(vals), self.assertRaises(AccessError), self.cr.savepoint():
                job.write(vals)
        self.assertEqual(photo.fsm_order_id, self.other)
        self.assertFalse(file.with_user(self.user_technician).has_access("read"))

    def test_evidence_of_a_done_job_is_only_added_to(self):
        photo = self._create("sercom.photo", fsm_order_id=self.own.id)
        measurement = self._create("sercom.measurement", fsm_order_id=self.own.id)
        mine = photo.with_user(self.user_technician)
        mine.name = "Leak"
        done = self.env.ref("fieldservice.fsm_stage_completed")
        self.own.with_context(bypass_order_completed_stage=True).stage_id = done
        manager = self._create_user("kept_manager", "fieldservice.group_fsm_manager")
        people = self.user_technician | self.user_dispatcher | self.user_salesman | manager
        for user in people:
            own_photo, own_measurement = photo.with_user(user), measurement.with_user(user)
            changes = {
                "replace": lambda own=own_photo: own.write({"image_1920": PIXEL}),
                "rename": lambda own=own_photo: own.write({"name": "Other"}),
                "measure": lambda own=own_measurement: own.write({"value": 7.0}),
                "move": lambda own=own_photo: own.write({"fsm_order_id": False}),
                "delete": lambda own=own_photo: own.unlink(),
                "by the job": lambda user=user: self.own.with_user(user).write(
                    {"photo_ids": [Command.update(photo.id, {"name": "Other"})]}
                ),
            }
            for label, change in changes.items():
                with (
                    self.subTest(label, user=user.login),
                    self.assertRaises(AccessError),
                    self.cr.savepoint(),
                ):
                    change()
        self.assertRecordValues(photo, [{"name": "Leak", "fsm_order_id": self.own.id}])
        with self.assertRaisesRegex(AccessError, f"{self.own.name} is over.*add a new photo"):
            photo.with_user(self.user_dispatcher).name = "Corrected"
        for user in self.user_technician | self.user_dispatcher:
            added = photo.with_user(user).create(
                self._vals("sercom.photo", fsm_order_id=self.own.id)
            )
            self.assertEqual((added.user_id, added.create_uid), (user, user))
        self.own.stage_id = self.env.ref("fieldservice.fsm_stage_new")
        photo.with_user(self.user_dispatcher).name = "Corrected"

    def test_the_form_of_kept_evidence_says_so(self):
        photo = self._create("sercom.photo", fsm_order_id=self.own.id)
        measurement = self._create("sercom.measurement", fsm_order_id=self.own.id)
        done = self.env.ref("fieldservice.fsm_stage_completed")
        for record, name in ((photo, "name"), (measurement, "value")):
            with Form(record.with_user(self.user_dispatcher)) as form:
                form[name] = form[name]
        self.own.with_context(bypass_order_completed_stage=True).stage_id = done
        for record, name in ((photo, "name"), (measurement, "value")):
            form = Form(record.with_user(self.user_dispatcher))
            with self.assertRaisesRegex(AssertionError, "readonly"):
                form[name] = form[name]

    def test_technician_changes_no_photo_of_a_colleagues_job(self):
        """Not even in a file that they read."""
        self.other.service_file_id = self.own.service_file_id
        photo = self._create("sercom.photo", fsm_order_id=self.other.id)
        theirs = photo.with_user(self.user_technician)
        self.assertTrue(theirs.name)
        with self.assertRaises(AccessError):
            theirs.image_1920 = PIXEL

    def test_who_and_when_are_not_told(self):
        Photo = self._as(self.user_technician, "sercom.photo")
        vals = self._vals("sercom.photo", fsm_order_id=self.own.id)
        with self.assertRaises(AccessError):
            Photo.create({**vals, "user_id": self.user_dispatcher.id})
        before = fields.Datetime.now() - timedelta(hours=2)
        photo = Photo.create({**vals, "date_taken": before})  # a phone without network
        self.assertEqual(photo.date_taken, before)
        with self.assertRaises(AccessError):
            photo.date_taken = fields.Datetime.now()

    def test_request_lines_hang_on_requests_of_their_author(self):
        salesman = self._create_user("own_leads", "sales_team.group_sale_salesman")
        own = self._create_request(user_id=salesman.id)
        self.request.user_id = self.user_salesman
        Line = self._as(salesman, "sercom.request.line")
        line = Line.create({"opportunity_id": own.id, "product_id": self.product_part.id})
        self.assertTrue(line.price_unit)
        for context, vals in (
            ({}, {"opportunity_id": self.request.id}),
            ({"default_opportunity_id": self.request.id}, {}),
        ):
            with self.assertRaises(AccessError), self.cr.savepoint():
                Line.with_context(**context).create({"product_id": self.product_part.id, **vals})
        theirs = self.request.request_line_ids[0].with_user(salesman)
        with self.assertRaises(AccessError):
            theirs.price_unit = 1.0
        with self.assertRaises(AccessError):
            theirs.unlink()

    def test_appointments_open_no_file(self):
        """By no field, default or recurrence."""
        technician = self.user_technician
        Event = self._as(technician, "calendar.event")
        file = self.other.service_file_id
        base = {
            "name": "Mine",
            "start": "2026-11-02 14:00:00",
            "stop": "2026-11-02 15:00:00",
            "partner_ids": [Command.set(technician.partner_id.ids)],
        }
        recurring = self.env["calendar.event"].create(
            {
                **base,
                "name": "Every week",
                "partner_ids": [Command.clear()],
                "fsm_order_id": self.other.id,
                "recurrency": True,
                "rrule_type": "weekly",
                "end_type": "count",
                "count": 2,
                "mon": True,
            }
        )
        links = {
            "fsm_order_id": self.other.id,
            "service_file_id": file.id,
            "opportunity_id": self.request.id,
            "recurrence_id": recurring.recurrence_id.id,
        }
        own = Event.create({**base, "fsm_order_id": self.own.id})
        self.assertEqual(own.service_file_id, self.own.service_file_id)
        for name, value in links.items():
            with self.subTest(name):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    Event.create({**base, name: value})
                with self.assertRaises(AccessError), self.cr.savepoint():
                    Event.with_context(**{f"default_{name}": value}).create(base)
                with self.assertRaises(AccessError), self.cr.savepoint():
                    Event.create(base).write({name: value})
        self.assertFalse(file.with_user(technician).has_access("read"))
        # A recurrence of one's own that is then told to begin with somebody else's visit.
        stray = Event.create(base)
        values = {"rrule_type": "weekly", "end_type": "count", "count": 1, "mon": True}
        recurrence = self._as(technician, "calendar.recurrence").create(
            {**values, "base_event_id": stray.id}
        )
        stray.recurrence_id = recurrence
        recurrence.base_event_id = recurring
        stray.fsm_location_id = self.own.location_id
        self.assertNotEqual(stray.sudo().service_file_id, file)
        self.assertFalse(file.with_user(technician).has_access("read"))

    def test_who_reads_no_file_changes_no_visit_of_it(self):
        visit = self.env["calendar.event"].create(
            {
                "name": "Assessment",
                "start": "2026-11-02 14:00:00",
                "stop": "2026-11-02 15:00:00",
                "opportunity_id": self.request.id,
                "partner_ids": [Command.set(self.user_salesman.partner_id.ids)],
            }
        )
        guest = visit.attendee_ids
        for user in (self.user_internal, self.user_technician):
            event, attendee = visit.with_user(user), guest.with_user(user)
            for change in (
                lambda event=event: event.write({"location": "Elsewhere"}),
                lambda event=event: event.write({"privacy": "private"}),
                lambda event=event: event.write({"active": False}),
                lambda event=event, user=user: event.write({"user_id": user.id}),
                lambda event=event: event.write({"partner_ids": [Command.clear()]}),
                lambda event=event: event.unlink(),
                lambda attendee=attendee: attendee.write({"state": "declined"}),
                lambda attendee=attendee, user=user: attendee.write(
                    {"partner_id": user.partner_id.id}
                ),
                lambda attendee=attendee: attendee.unlink(),
                lambda attendee=attendee, user=user: attendee.create(
                    {"event_id": visit.id, "partner_id": user.partner_id.id}
                ),
            ):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    change()
        visit.partner_ids += self.user_internal.partner_id
        mine = visit.attendee_ids.filtered(
            lambda attendee: attendee.partner_id == self.user_internal.partner_id
        )
        mine.with_user(self.user_internal).do_accept()
        self.assertEqual(mine.state, "accepted")

    def test_evidence_stays_in_its_company(self):
        company = self.env["res.company"].create({"name": "Boréale Ontario"})
        self.user_dispatcher.company_ids += company
        theirs = self.env["fsm.order"].create(
            {"location_id": self._create_site(name="Ottawa").id, "company_id": company.id}
        )
        photo = self._create("sercom.photo", fsm_order_id=self.own.id)
        both = photo.with_user(self.user_dispatcher).with_context(
            allowed_company_ids=[self.company.id, company.id]
        )
        for links in (
            {"fsm_order_id": theirs.id},
            {"fsm_order_id": False, "service_file_id": theirs.service_file_id.id},
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                both.write(links)
        self.assertEqual(photo.company_id, self.company)

    def test_only_pictures_are_kept_in_every_size(self):
        photo = self._create("sercom.photo", fsm_order_id=self.own.id)
        mine = photo.with_user(self.user_technician)
        values = self._vals("sercom.photo", fsm_order_id=self.own.id)
        values.pop("image_1920")
        for content in (SVG, False, ""):
            with self.assertRaises(ValidationError):
                mine.image_1920 = content
            with self.assertRaises(ValidationError):
                mine.create({**values, "image_1920": content})
            with self.assertRaises(ValidationError):
                mine.with_context(default_image_1920=content).create(values)
        for size in ("image_1024", "image_512", "image_256", "image_128"):
            with self.subTest(size):
                with self.assertRaises(AccessError):
                    mine[size] = SVG
                with self.assertRaises(AccessError):
                    mine.create({**self._vals("sercom.photo", fsm_order_id=self.own.id), size: SVG})

    def test_the_file_behind_a_photo_is_changed_by_the_photo_alone(self):
        """Odoo's attachments are a second door to the picture, past all that the photo asks."""
        photo = self._create("sercom.photo", fsm_order_id=self.own.id)
        place = {"res_model": "sercom.photo", "res_field": "image_1920", "res_id": photo.id}
        files = self.env["ir.attachment"].search(
            [(name, "=", value) for name, value in place.items()]
        )
        self.assertEqual(len(files), 1)
        for user in (self.user_technician, self.user_dispatcher):
            File = self._as(user, "ir.attachment")
            loose = File.create({"name": "drawing.svg", "datas": SVG})
            for label, change in {
                "write": lambda own: own.write({"datas": SVG}),
                "delete": lambda own: own.unlink(),
                "create": lambda own: own.create({"name": "a", "datas": SVG, **place}),
                "move": lambda _own, loose=loose: loose.write(place),
                "take away": lambda own: own.write({"res_field": False}),
            }.items():
                with (
                    self.subTest(label, user=user.login),
                    self.assertRaisesRegex(AccessError, "kept as it is"),
                    self.cr.savepoint(),
                ):
                    change(files.with_user(user))
        self.assertEqual(photo.image_1920, PIXEL)
        photo.with_user(self.user_technician).image_1920 = PIXEL  # by its own door

    def test_what_became_of_a_visit_is_told_by_who_knows_what_it_is_for(self):
        """The button asks for the file; so does each field of it, and a site that opens one."""
        start = fields.Datetime.now() + timedelta(days=1)
        span = {"name": "Visit", "start": start, "stop": start + timedelta(hours=1)}
        event = self.env["calendar.event"].create({**span, "opportunity_id": self.request.id})
        for user in (self.user_technician, self.user_internal):
            for vals in (
                {"appointment_state": "done"},
                {"appointment_kind": "visit"},
                {"fsm_location_id": False},
            ):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    event.with_user(user).write(vals)
        self.assertEqual(event.appointment_state, "planned")
        Event = self._as(self.user_internal, "calendar.event")
        site = {"fsm_location_id": self.site.id}
        with self.assertRaises(AccessError), self.cr.savepoint():
            Event.create({**span, **site})
        with self.assertRaises(AccessError), self.cr.savepoint():
            Event.with_context(default_fsm_location_id=self.site.id).create(span)
        meeting = Event.create(span)
        meeting.name = "Meeting at ten"  # the calendar is Odoo's
        with self.assertRaises(AccessError), self.cr.savepoint():
            meeting.write(site)
        self._as(self.user_technician, "calendar.event").create({**span, **site})
