from unittest import TestCase

from ..lint import words

# Rule → a line of each kind of file that must be refused, and some that must pass.
EXAMPLES = {
    "SQL constraints": (["a.py: _sql_constraints = []"], ["a.py: _sql = models.Constraint()"]),
    "name_get and _name_search": (
        ["a.py: def name_get(self):", "a.py: self._name_search()"],
        ["a.py: def name_search(self):"],
    ),
    "read_group": (
        ["a.py: self.env['x'].read_group([])"],
        ["a.py: self._read_group([])", "a.py: self.formatted_read_group([])"],
    ),
    "osv": (["a.py: from odoo.osv import expression"], ["a.py: from odoo.fields import Domain"]),
    "field attributes": (
        ["a.py: fields.Float(group_operator='sum')", "a.py: fields.Many2one(auto_join=True)"],
        ["a.py: fields.Float(aggregator='sum')"],
    ),
    "access checks": (["a.py: self.check_access_rights('read')"], ["a.py: self.check_access('x')"]),
    "private shortcuts": (["a.py: self._cr.execute(x)"], ["a.py: self.env.cr.execute(x)"]),
    "toggle_active": (["a.py: job.toggle_active()"], ["a.py: job.action_archive()"]),
    "SQL by f-string": (
        ["a.py: self.env.cr.execute(f'SELECT {x}')", "a.py: SQL(\n f'SELECT {x}')"],
        ["a.py: self.env.execute_query(SQL('SELECT %s', x))"],
    ),
    "route type": (["a.py: @http.route('/x', type='json')"], ["a.py: type='jsonrpc'"]),
    "translation by _": (
        ["a.py: _('No')", "a.py: from odoo import _, api", "a.py: from odoo import api, _"],
        ["a.py: self.env._('Yes')", "a.py: from odoo import api"],
    ),
    "commit": (["addons/a.py: self.env.cr.commit()"], ["data/a.py: env.cr.commit()"]),
    "cron": (['a.xml: <field name="numbercall">-1</field>'], ["a.xml: <field name='active'/>"]),
    "contracts and units": (
        ["a.py: 'hr.contract'"],
        ["a.py: 'hr.contract.type'.x", "a.py: 'hr.v'"],
    ),
    "groups": (['a.xml: <field name="groups_id"/>'], ['a.xml: <field name="group_ids"/>']),
    "users of a group": (['a.xml: <field name="users"/>'], ['a.xml: <field name="user_ids"/>']),
    "list views": (
        ["a.xml: <tree>", 'a.xml: <field name="view_mode">tree,form</field>'],
        ["a.xml: <list>"],
    ),
    "attrs and states": (['a.xml: <field attrs="{}"/>'], ['a.xml: <field t-att-states="x"/>']),
    "search groups": (['a.xml: <group expand="0">'], ["a.xml: <group>"]),
    "kanban": (['a.xml: t-name="kanban-box"'], ['a.xml: t-name="card"']),
    "chatter": (['a.xml: class="oe_chatter"'], ["a.xml: <chatter/>"]),
    "QWeb output": (['a.xml: <t t-esc="x"/>'], ['a.xml: <t t-out="x"/>']),
    "conflict markers": (["a.py: x\n<<<<<<< HEAD"], ["a.py: x <<<<<<<"]),
    "time zones": (["a.py: import pytz"], ["a.py: from zoneinfo import ZoneInfo"]),
    "row locks": (
        [
            "a.py: SQL('SELECT id FROM a FOR UPDATE NOWAIT')",
            "a.py: SQL('SELECT id FROM a FOR NO KEY UPDATE')",
            "a.py: SQL('SELECT pg_advisory_xact_lock(1)')",
            "a.py: SQL('SELECT pg_try_advisory_lock(1)')",
            "a.py: jobs.lock_for_update()",
        ],
        ["a.py: lock_rows(jobs)", "a.py: jobs.try_lock_for_update()", "a.py: # for update"],
    ),
}


class TestBannedWords(TestCase):
    def _rules_broken(self, example):
        name, _, text = example.partition(": ")
        return {rule for _line, rule, _instead in words._findings(name, text)}

    def test_each_rule_has_examples(self):
        self.assertEqual([rule for rule, *_ in words._rules()], list(EXAMPLES))

    def test_examples(self):
        for rule, (refused, allowed) in EXAMPLES.items():
            for example in refused:
                with self.subTest(example):
                    self.assertEqual(self._rules_broken(example), {rule})
            for example in allowed:
                with self.subTest(example):
                    self.assertFalse(self._rules_broken(example))

    def test_a_reason_allows_a_word(self):
        example = "a.py: x = 'name_get'  # banned-ok: an old name that other people still send"
        self.assertFalse(self._rules_broken(example))

    def test_line_number(self):
        self.assertEqual([n for n, *_ in words._findings("a.xml", "\n\n<tree/>")], [3])
