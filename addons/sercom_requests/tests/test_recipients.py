from odoo.tests import tagged

from .common import SercomRequestsCommon

DISPATCHER = "fieldservice.group_fsm_dispatcher"
OFFICE = "fieldservice.group_fsm_user"


@tagged("post_install", "-at_install")
class TestRecipients(SercomRequestsCommon):
    """Who may be told, and who is told where none of those to be asked first may."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_quote()
        cls.Users = cls.env["res.users"].with_user(cls.user_technician)

    def _get_told(self, *users, group=OFFICE, **kwargs):
        return self.Users._get_recipients({self.order: users}, group, **kwargs)[self.order]

    def test_the_first_who_may(self):
        self.assertEqual(
            self._get_told(self.user_internal, self.user_dispatcher, self.user_salesman),
            self.user_dispatcher,
        )

    def test_nobody_who_left_and_nobody_of_another_company(self):
        others = [self._create_user(f"recipient_{number}", OFFICE) for number in range(3)]
        company = self.env["res.company"].create({"name": "Elsewhere"})
        others[0].active = False
        others[1].write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        self.assertEqual(self._get_told(self.env.ref("base.user_root"), *others), others[2])

    def test_a_colleague_where_there_is_no_candidate(self):
        first = self.Users._get_company_users(DISPATCHER, self.company)[:1]
        self.assertTrue(first)
        self.assertEqual(self._get_told(group=OFFICE, fallback=DISPATCHER), first)
        self.assertTrue(self._get_told(self.user_technician).has_group(OFFICE))

    def test_who_keeps_the_system_comes_last(self):
        users = self.Users._get_company_users(DISPATCHER, self.company)
        keepers = users.filtered(lambda user: user.has_group("base.group_system"))
        self.assertTrue(keepers)
        self.assertEqual(users[-len(keepers) :], keepers)
        self.assertFalse(self._get_told(group=DISPATCHER) & keepers)

    def test_nobody_at_all(self):
        company = self.env["res.company"].create({"name": "Empty"})
        self.Users._get_company_users(DISPATCHER, company).sudo().company_ids -= company
        self.assertFalse(self.Users._get_company_users(DISPATCHER, company))

    def test_many_records_cost_the_queries_of_one(self):
        def tell(count):
            candidates = dict.fromkeys(orders[:count], [self.user_internal])
            self.env["res.users"]._get_recipients(candidates, OFFICE)

        orders = self.order.concat(*(self._create_quote() for _number in range(5)))
        tell(1)
        self.assertEqual(self._get_queries(tell, 1), self._get_queries(tell, 6))
