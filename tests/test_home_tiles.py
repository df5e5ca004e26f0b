import json
import re

from odoo.tests import HttpCase, tagged

from .common import ROLES, SercomCommon

# What a tile asks beyond its one query: parts are short by what the stock plan says, which Python
# works out, in a number of queries that is the same for any number of jobs.
PLANNED_IN_PYTHON = {"parts_short"}
# Odoo's rules of timesheets ask which projects and tasks one follows; a manager's do not.
ASKED_BY_RULES = {("dispatcher", "hours_to_approve"): 2}


@tagged("post_install", "-at_install")
class TestHomeTiles(SercomCommon):
    """The home page of every role, with all the add-ons."""

    def _get_home(self, role):
        return self.env["sercom.home"].with_user(self.users[role])

    def _count_queries(self, home, tile):
        # Who reads, and their company's currency, are read once for the page: the cache is kept.
        home._read_tile(tile)
        before = self.env.cr.sql_log_count
        home._read_tile(tile)
        return self.env.cr.sql_log_count - before

    def test_one_query_a_tile(self):
        self.env.flush_all()
        seen = set()
        for role in ROLES[1:]:
            home = self._get_home(role)
            for tile in home._get_own_tiles():
                seen.add(tile.key)
                with self.subTest(role=role, tile=tile.key):
                    if tile.key not in PLANNED_IN_PYTHON:
                        asked = 1 + ASKED_BY_RULES.get((role, tile.key), 0)
                        self.assertEqual(self._count_queries(home, tile), asked)
        self.assertEqual(seen, {tile.key for tile in self.env["sercom.home"]._get_tiles()})


@tagged("post_install", "-at_install")
class TestLanding(HttpCase, SercomCommon):
    """Who logs in is where their work is, and not on an empty Discuss."""

    def _log_in(self, role):
        """Fill in the login form as ``role``: where it leads, and what the client opens there."""
        login = self.users[role].login  # and password
        self.authenticate(None, None)
        page = self.url_open("/web/login")
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        data = {"login": login, "password": login, "csrf_token": token}
        answer = self.url_open("/web/login", data=data)
        self.assertEqual(answer.status_code, 200)
        path = answer.url.partition(self.base_url())[2].partition("?")[0]
        found = re.search(r"odoo\.__session_info__ = (\{.*?\});", answer.text)
        return path, json.loads(found[1])["home_action_id"] if found else None

    def test_each_role_lands_where_its_work_is(self):
        home = self.env.ref("sercom_requests.sercom_home_action").id
        monday = self.env.ref("sercom_kpi.sercom_kpi_monday_action").id
        for role in ROLES[1:]:
            with self.subTest(role=role):
                page = monday if role == "manager" else home
                self.assertEqual(self._log_in(role), ("/odoo", page))
        self.assertEqual(self._log_in("technician")[0], "/my-day")

    def test_the_page_has_what_the_role_needs(self):
        """Landing is worth something: each role of the office has its own tiles there."""
        first = {"estimator": "calls", "dispatcher": "jobs", "accountant": "billing"}
        for role in ROLES[1:]:
            sections = self.env["sercom.home"].with_user(self.users[role]).get_home()["sections"]
            with self.subTest(role=role):
                self.assertTrue(all(section["tiles"] for section in sections))
                self.assertEqual(sections[0]["key"], first.get(role, sections[0]["key"]))
                keys = {section["key"] for section in sections}
                self.assertEqual("figures" in keys, role == "manager")

    def test_who_chose_another_page_keeps_it(self):
        other = self.env.ref("sercom_jobs.sercom_my_job_action")
        self.users["estimator"].action_id = other.id
        self.assertEqual(self._log_in("estimator"), ("/odoo", other.id))
