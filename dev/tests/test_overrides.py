from unittest import TestCase

from ..lint import overrides

JOB = "addons/sercom_jobs/models/job/fsm_order.py"
PLAN = "addons/sercom_jobs/models/planning/fsm_order.py"
PARTS = "addons/sercom_parts/models/fsm_order.py"
CLASS = 'class FsmOrder(models.Model):\n    _inherit = "fsm.order"\n    {}\n'


class TestOverrides(TestCase):
    """The lint that keeps one door for each change."""

    def test_a_second_override_is_refused(self):
        for method in ("create", "write", "unlink"):
            text = CLASS.format(f"def {method}(self): pass")
            with self.subTest(method):
                self.assertEqual(
                    overrides.findings({JOB: text, PLAN: text}),
                    [f"{PLAN}:3: fsm.order has its {method} in {JOB}:3: extend a hook there"],
                )

    def test_a_list_of_parents_and_a_name_are_read(self):
        text = CLASS.format("def write(self): pass")
        listed = text.replace('"fsm.order"', '["fsm.order", "a.mixin"]')
        named = text.replace("    _inherit", '    _name = "fsm.order"\n    _inherit', 1)
        for other in (listed, named, named.replace('"fsm.order"\n    d', '["a.mixin"]\n    d')):
            with self.subTest(other):
                self.assertEqual(len(overrides.findings({JOB: text, PLAN: other})), 1)

    def test_twice_in_one_file_is_a_second_override_too(self):
        text = CLASS.format("def write(self): pass")
        self.assertEqual(len(overrides.findings({JOB: text + text})), 1)

    def test_what_may_be(self):
        text = CLASS.format("def write(self): pass")
        for name, other in (
            (PARTS, text),  # another add-on
            (PLAN, text.replace("fsm.order", "fsm.team")),
            (PLAN, text.replace("def write", "def create")),
            (PLAN, text.replace("def write", "def _after_change")),
            (PLAN, text.replace("_inherit", "_about")),  # no model
        ):
            with self.subTest(name=name, other=other):
                self.assertEqual(overrides.findings({JOB: text, name: other}), [])
