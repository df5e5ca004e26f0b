import json

from odoo import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.sercom_requests.tools.context import SKIP_JOB_GENERATION

from .common import SercomCommon
from .page_scripts import make_script

# Measures the form that is open, as a person sees it, and says what is not as it should be.
MEASURE = """
    const expected = %(expected)s;
    const shown = (element) => element.getBoundingClientRect().height > 0;
    const get = (selector) => [...document.querySelectorAll(selector)].find(shown);
    await until(() => expected.selectors.every(get) && get(".o_statusbar_buttons"));
    const wrong = [];
    for (const selector of expected.selectors) {
        const rect = get(selector)?.getBoundingClientRect();
        if (!rect) {
            wrong.push(`${selector} is not there`);
        } else if (
            rect.top < 0 ||
            rect.left < 0 ||
            rect.bottom > window.innerHeight ||
            rect.right > window.innerWidth
        ) {
            wrong.push(`${selector} ends at ${rect.right} x ${rect.bottom}`);
        } else if (rect.width < 100) {
            wrong.push(`${selector} is ${rect.width} wide`);
        }
    }
    const buttons = [...document.querySelectorAll(".o_statusbar_buttons > button")].filter(
        (button) => shown(button) && !button.classList.contains("dropdown-toggle")
    );
    const names = buttons.map((button) => button.textContent.trim());
    const first = buttons.filter((button) => button.classList.contains("btn-primary"));
    if (names.length > 4 || first.length > 1) {
        wrong.push(`buttons: ${names}, ${first.length} of them first`);
    }
    if (expected.first && first[0]?.textContent.trim() !== expected.first) {
        wrong.push(`first is not ${expected.first} of ${names}`);
    }
    const size = `${window.innerWidth}x${window.innerHeight}`;
    if (size !== expected.size) {
        wrong.push(`the window is ${size}`);
    }
    if (wrong.length) {
        throw new Error(wrong.join("; "));
    }
"""
SIZE = "1024x768"
JOB = (
    *("[name=partner_id]", "[name=contact_id]", "[name=location_id]", "[name=street]"),
    *("[name=request_early]", "[name=scheduled_date_start]", "[name=person_id]"),
    ".o_sercom_hours_bar",
)
REQUEST = ("[name=partner_id]", "[name=fsm_location_id]", "[name=request_early]")
QUOTE = ("[name=partner_id]", "[name=fsm_location_id]", "[name=request_early]")


@tagged("post_install", "-at_install", "walk")
class TestAboveTheFold(HttpCase, SercomCommon):
    """Who, where and when are seen without scrolling, at a small desk's 1024 by 768."""

    browser_size = SIZE

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.users["dispatcher"].lang = "en_US"

    def _measure(self, record, path, selectors, first=None):
        expected = {"selectors": selectors, "first": first, "size": SIZE}
        with self.subTest(record=record.display_name, first=first):
            self.browser_js(
                f"/odoo/{path}/{record.id}",
                make_script(MEASURE % {"expected": json.dumps(expected)}),
                "odoo.isReady === true",
                login="role_dispatcher",
                timeout=120,
            )

    def test_job_in_each_state(self):
        skills = self.env["hr.skill.type"].create(
            {
                "name": "Trade",
                "skill_ids": [Command.create({"name": "Plumbing"})],
                "skill_level_ids": [Command.create({"name": "Licensed", "level_progress": 100})],
            }
        )
        job = self._create_billable_job(
            contact_id=self.client_partner.id,
            request_early=self.early,
            request_late=self.late,
            description="<p>The water heater leaks.</p>",
            skill_ids=[Command.set(skills.skill_ids.ids)],
        )
        self._measure(job, "jobs", JOB, "Plan")
        job.write({"person_id": self.worker.id, "scheduled_date_start": self.start})
        job.action_plan()
        self._measure(job, "jobs", JOB, "Start Job")
        job.action_start()
        self._measure(job, "jobs", JOB, "Complete")
        job.action_complete()
        self._measure(job, "jobs", JOB, "Convert to Invoice")

    def test_request(self):
        self._measure(self._create_request(), "service-requests", REQUEST, "Convert to Quote")

    def test_request_of_somebody_new(self):
        """Who wrote from the web has a name, and their site a field that a name fits into."""
        request = self._create_request(
            partner_id=False,
            fsm_location_id=False,
            contact_name="Daniel Okafor",
            email_from="daniel@example.com",
        )
        self._measure(request, "service-requests", (*REQUEST, "[name=contact_name]"))

    def test_quote_at_each_stage(self):
        quote = self._create_quote(request_early=self.early, request_late=self.late)
        self._measure(quote, "service-quotes", QUOTE, "Send")
        quote.action_quotation_sent()
        self._measure(quote, "service-quotes", QUOTE, "Confirm")
        SKIP_JOB_GENERATION(quote).action_confirm()
        self._measure(quote, "service-quotes", QUOTE, "Create Invoice")


@tagged("post_install", "-at_install", "walk")
class TestHeaderOnPhone(HttpCase, SercomCommon):
    """French buttons are long: on a phone nothing of the header lies over something else."""

    browser_size = "375x667"
    touch_enabled = True

    OVERLAPS = """
        const shown = (element) => element.getBoundingClientRect().height > 0;
        const get = () =>
            [
                ...document.querySelectorAll(".o_statusbar_buttons button"),
                ...document.querySelectorAll(".o_statusbar_status > *"),
            ].filter(shown);
        await until(() => get().length >= 3);
        const parts = get().map((element) => [
            element.textContent.trim(),
            element.getBoundingClientRect(),
        ]);
        const wrong = parts.length < 3 ? [`only ${parts.length} parts`] : [];
        for (const [name, one] of parts) {
            if (one.right > window.innerWidth) {
                wrong.push(`${name} ends at ${one.right}`);
            }
            for (const [other, two] of parts) {
                const isOver =
                    one.left < two.right - 1 &&
                    two.left < one.right - 1 &&
                    one.top < two.bottom - 1 &&
                    two.top < one.bottom - 1;
                if (one !== two && isOver) {
                    wrong.push(`${name} lies over ${other}`);
                }
            }
        }
        if (wrong.length) {
            throw new Error(wrong.join("; "));
        }
    """

    def test_nothing_lies_over_something_else(self):
        self.env["res.lang"]._activate_lang("fr_CA")
        self.users["dispatcher"].lang = "fr_CA"
        for record, path in (
            (self._create_request(), "service-requests"),
            (self._create_billable_job(), "jobs"),
        ):
            with self.subTest(record=record.display_name):
                self.browser_js(
                    f"/odoo/{path}/{record.id}",
                    make_script(self.OVERLAPS),
                    "odoo.isReady === true",
                    login="role_dispatcher",
                    timeout=120,
                )
