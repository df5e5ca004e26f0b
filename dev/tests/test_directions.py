from unittest import TestCase
from unittest.mock import patch

from ..lint import directions

JOB = "addons/sercom_jobs/models/job/fsm_order.py"
PLAN = "addons/sercom_jobs/models/planning/sercom_assignment.py"
PLAN_VIEW = "addons/sercom_jobs/views/planning_views.xml"
NO_ROOM = "begin its name with the room that it is of"
PARTS = "addons/sercom_parts/models/fsm_order.py"
TABLE = {"sercom_jobs": {"job": [], "planning": ["job"]}}
SUITE = {
    JOB: 'class A:\n    _inherit = "fsm.order"\n    stage = 1\n    late = 2\n',
    PLAN: 'class B:\n    _name = "sercom.assignment"\n    block_hours = 1\n    late = 2\n',
    PLAN_VIEW: '<odoo><record id="plan_action" model="ir.actions.act_window"/></odoo>',
    PARTS: 'class C:\n    _inherit = ["fsm.order"]\n    def _get_used_parts(self): pass\n',
}


class TestDirections(TestCase):
    """The lint that keeps dependencies one way."""

    def setUp(self):
        closure = {"sercom_jobs": ["sercom_jobs"], "sercom_parts": ["sercom_jobs", "sercom_parts"]}
        known = patch.object(directions, "_dependencies", closure.get)
        known.start()
        self.addCleanup(known.stop)

    def _findings(self, name, text, external=(), **table):
        sources = {**SUITE, name: SUITE.get(name, "") + text}
        return directions.Suite(sources, external, {**TABLE, **table}).findings()

    def _words(self, name, text, **options):
        found = self._findings(name, text, **options)
        return [line.partition(" uses ")[2].partition(" of ")[0] for line in found]

    def test_the_suite_itself_has_no_finding(self):
        self.assertEqual(self._findings(JOB, ""), [])

    def test_a_lower_room_uses_none_of_an_upper_one(self):
        for text, word in (
            ("x = job.block_hours\n", "block_hours"),
            ("x = [('a.block_hours', '>', 1)]\n", "block_hours"),
            ("job.create(dict(block_hours=1))\n", "block_hours"),
            ("env['sercom.assignment']\n", "sercom.assignment"),
            ("SQL('FROM sercom_assignment')\n", "sercom_assignment"),
            (
                "from ..planning.sercom_assignment import OPEN\n",
                "import planning.sercom_assignment",
            ),
            ("from ..planning import sercom_assignment\n", "import planning"),
            ("env.ref('sercom_jobs.plan_action')\n", "sercom_jobs.plan_action"),
            ("job._get_used_parts()\n", "_get_used_parts"),
            (
                "from odoo.addons.sercom_parts.models import fsm_order\n",
                "import odoo.addons.sercom_parts.models",
            ),
        ):
            with self.subTest(text):
                self.assertEqual(self._words(JOB, text), [word])

    def test_line_and_places_are_told(self):
        [line] = self._findings(JOB, "x = job.block_hours\n")
        place = "sercom_jobs/job uses block_hours of sercom_jobs/planning"
        self.assertEqual(line, f"{JOB}:5: {place}")

    def test_a_view_names_no_field_of_an_upper_room(self):
        view = "addons/sercom_jobs/views/job_views.xml"
        for text in (
            '<field name="block_hours"/>',
            '<field name="x"\n invisible="not block_hours"/>',
            "<field name=\"domain\" domain=\"[('block_hours', '=', 1)]\"/>",
        ):
            with self.subTest(text):
                self.assertEqual(self._words(view, text), ["block_hours"])
        self.assertEqual(self._words(view, "<!-- block_hours --><p>block_hours</p>"), [])
        self.assertEqual(
            self._words(view, '<button name="%(sercom_jobs.plan_action)d"/>'),
            ["sercom_jobs.plan_action"],
        )

    def test_a_script_imports_from_no_upper_room(self):
        script = "addons/sercom_jobs/static/src/job/widget.js"
        for text, word in (
            ('import {Board} from "../planning/board";\n', "import ../planning/board"),
            (
                'import {\n    Board,\n} from "@sercom_jobs/planning/board";\n',
                "import @sercom_jobs/planning/board",
            ),
            ("export * from '../planning/board';\n", "import ../planning/board"),
            ('import "../planning/board";\n', "import ../planning/board"),
            ('await import("../planning/board");\n', "import ../planning/board"),
            (
                'odoo.loader.modules.get("@sercom_parts/truck");\n',
                "import @sercom_parts/truck",
            ),
            ('this.orm.call("sercom.assignment", "move");\n', "sercom.assignment"),
            ("doAction('sercom_jobs.plan_action');\n", "sercom_jobs.plan_action"),
        ):
            with self.subTest(text):
                self.assertEqual(self._words(script, text), [word])
        [line] = self._findings(script, '\nimport {Board} from "../planning/board";\n')
        self.assertTrue(line.startswith(f"{script}:2: sercom_jobs/job uses import"), line)

    def test_what_a_script_may_import(self):
        for script, text in (
            ("static/src/planning/board.js", 'import {Widget} from "../job/widget";\n'),
            ("static/src/planning/board.js", 'import {Time} from "./board_time";\n'),
            ("static/src/planning/board/row.js", 'import {W} from "@sercom_jobs/job/widget";\n'),
            ("static/src/job/widget.js", 'import {useService} from "@web/core/utils/hooks";\n'),
            ("static/src/job/widget.js", 'this.orm.call("fsm.order", "block_hours");\n'),
        ):
            with self.subTest(text):
                self.assertEqual(self._words(f"addons/sercom_jobs/{script}", text), [])
        self.assertIn("addons/sercom_jobs/static/src/planning/capacity_board", self._read_folders())

    @staticmethod
    def _read_folders():
        return {name.rpartition("/")[0] for name in directions._sources() if name.endswith(".js")}

    def test_a_view_is_of_a_room(self):
        views = "addons/sercom_jobs/views"
        self.assertEqual(self._findings(f"{views}/sercom_jobs_menus.xml", "<odoo/>"), [])
        view = f"{views}/fsm_order_views.xml"
        self.assertEqual(self._findings(view, "<odoo/>"), [f"{view}: {NO_ROOM}"])
        self.assertEqual(self._findings("addons/sercom_parts/views/x_views.xml", "<odoo/>"), [])

    def test_what_may_be_used(self):
        for name, text, options in (
            (PLAN, "x = job.stage\n", {}),
            (PARTS, "x = job.block_hours\n", {}),
            (JOB, "x = job.late\n", {}),  # defined below too
            (JOB, "x = job.block_hours\n", {"external": {"block_hours"}}),
            (JOB, '"""It is planned by block_hours."""\n', {}),
            (JOB, "x = f(string='Sum of block_hours')\n", {}),
        ):
            with self.subTest(text):
                self.assertEqual(self._words(name, text, **options), [])

    def test_an_allowed_finding_and_one_that_nothing_needs(self):
        allowed = {f"{JOB}: block_hours": "means something else"}
        self.assertEqual(self._findings(JOB, "x = a.block_hours\n", allowed=allowed), [])
        [line] = self._findings(JOB, "", allowed=allowed)
        self.assertIn("nothing needs", line)

    def test_every_reason_is_given(self):
        for finding, reason in directions._read_table()["allowed"].items():
            self.assertTrue(reason, finding)
