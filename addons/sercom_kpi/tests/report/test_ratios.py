from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import TransactionCase, tagged

from ...tools.report.ratios import RATIOS, get_ratio
from ..common import DAY, NOVEMBER, KpiCommon

HOURS = st.lists(st.tuples(st.integers(0, 10000), st.integers(0, 10000)), max_size=6)


@tagged("post_install", "-at_install")
class TestRatioRule(TransactionCase):
    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(HOURS)
    def test_a_ratio_of_sums_is_between_those_of_its_parts(self, pairs):
        ratio = get_ratio(sum(own[0] for own in pairs), sum(own[1] for own in pairs))
        parts = [get_ratio(*own) for own in pairs if own[1]]
        if not parts:
            self.assertIsNone(ratio)
        elif all(own[1] for own in pairs):
            self.assertTrue(min(parts) - 1e-9 <= ratio <= max(parts) + 1e-9)

    def test_each_ratio_says_what_it_divides(self):
        """Its help has its formula; what it divides are measures that add up."""
        fields = self.env["sercom.kpi.report"]._fields
        for name, ratio in RATIOS.items():
            self.assertIn("÷", fields[name].help, name)
            self.assertEqual(fields[name].aggregator, "avg", name)
            for measure in (ratio.numerator, ratio.denominator):
                self.assertEqual(fields[measure].aggregator, "sum", measure)


@freeze_time("2026-11-30 17:00:00")
@tagged("post_install", "-at_install")
class TestRatios(KpiCommon):
    """Sum over sum at every level; never an average of what is below."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Luc: 2 of 3 hours billed; Anne: 1 of 9.
        cls.short = cls._create_hourly_job(hours=20.0)
        cls.long = cls._create_hourly_job(hours=20.0)
        cls._assign(cls.short, start=cls.start + 2 * DAY)
        cls._assign(cls.long, cls.anne, start=cls.start + 2 * DAY)
        cls._work(cls.short, 2)
        cls._work(cls.long, 1, employee=cls.anne)
        cls._bill(cls.short, post=True)
        cls._bill(cls.long, post=True)
        cls._work(cls.short, 1, start=cls.start + DAY)
        cls._work(cls.long, 8, start=cls.start + DAY, employee=cls.anne)

    def _group(self, groupby, *specs):
        groups = self.Report._read_group(
            [*NOVEMBER, ("employee_id", "in", self.people.ids)], groupby, specs
        )
        return {tuple(group[: len(groupby)]): group[len(groupby) :] for group in groups}

    def test_at_two_levels_of_grouping(self):
        people = self._group(["employee_id"], "realisation:avg", "utilisation:avg")
        luc, anne = people[self.employee,], people[self.anne,]
        self.assertAlmostEqual(luc[0], 100 * 2 / 3)
        self.assertAlmostEqual(anne[0], 100 * 1 / 9)
        self.assertAlmostEqual(luc[1], 100 * 3 / 168)
        self.assertAlmostEqual(anne[1], 100 * 9 / 168)
        whole = self._group([], "realisation:avg", "utilisation:avg")[()]
        self.assertAlmostEqual(whole[0], 100 * 3 / 12)
        self.assertAlmostEqual(whole[1], 100 * 12 / 336)
        jobs = self._group(["fsm_order_id", "employee_id"], "realisation:avg")
        self.assertAlmostEqual(jobs[self.short, self.employee][0], 100 * 2 / 3)

    def test_in_every_view(self):
        """The pivot, the graph and group headers ask with these methods."""
        specs = ["__count", "realisation:avg", "effective_rate:avg", "effective_rate:sum_currency"]
        domain = [("employee_id", "in", self.people.ids), *NOVEMBER]
        sets = self.Report.formatted_read_grouping_sets(
            domain, [[], ["employee_id"], ["employee_id", "date:month"]], specs
        )
        self.assertAlmostEqual(sets[0][0]["realisation:avg"], 25.0)
        by_person = {row["employee_id"][0]: row["realisation:avg"] for row in sets[1]}
        self.assertAlmostEqual(by_person[self.anne.id], 100 / 9)
        groups = self.Report.web_read_group(domain, ["employee_id"], specs)["groups"]
        self.assertEqual({group["realisation:avg"] for group in groups}, set(by_person.values()))

    def test_no_row_for_what_says_nothing(self):
        """A pivot of hours has no row for facts that have no person, such as invoices."""
        for measures, has_none in ((["worked_hours:sum"], False), (["revenue:sum"], True)):
            [groups] = self.Report.formatted_read_grouping_sets(
                NOVEMBER, [["employee_id"]], ["__count", *measures]
            )
            people = [group["employee_id"] for group in groups]
            self.assertEqual(False in people, has_none, measures)
        [[group]] = self.Report.formatted_read_grouping_sets(NOVEMBER, [[]], ["__count"])
        self.assertEqual(group["__count"], self.Report.search_count(NOVEMBER))

    def test_money_ratios(self):
        jobs = [("fsm_order_id", "in", (self.short | self.long).ids)]
        rate, cost, margin = self._add_up(
            "effective_rate:avg", "cost_per_hour:avg", "margin_rate:avg", domain=jobs
        )
        self.assertAlmostEqual(rate, 360 / 12)
        self.assertAlmostEqual(cost, (3 * 40 + 9 * 30) / 12)
        self.assertAlmostEqual(margin, 100 * (360 - 390) / 360)

    def test_sorted_and_kept_by_a_ratio(self):
        groups = self.Report._read_group(
            [*NOVEMBER, ("employee_id", "in", self.people.ids)],
            ["employee_id"],
            ["realisation:avg"],
            having=[("realisation:avg", ">", 5)],
            order="realisation:avg DESC",
        )
        self.assertEqual([group[0] for group in groups], [self.employee, self.anne])

    def test_no_sum_of_ratios(self):
        for function in ("sum", "max", "min"):
            with self.assertRaisesRegex(ValueError, "is a ratio"):
                self.Report._read_group([], [], [f"realisation:{function}"])

    def test_query_count(self):
        """One query, however many kinds of facts and people."""
        specs = ["utilisation:avg", "revenue:sum", "margin_rate:avg"]
        self.Report._read_group(NOVEMBER, [], specs)
        for groupby in ([], ["employee_id"], ["product_id", "date:month"]):
            self.env.flush_all()
            with self.assertQueryCount(1):
                self.Report._read_group(NOVEMBER, groupby, specs)
