from datetime import date, datetime

from freezegun import freeze_time
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from ..common import HOUR, KpiCommon

NOVEMBER = date(2026, 11, 15)
KINDS = ["work", "bill", "credit", "leave", "holiday", "raise", "waive", "cancel"]
# What happens in a month: the kind, to whom, on which day, for how many hours.
EVENTS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.booleans(), st.integers(1, 27), st.integers(1, 8)),
    max_size=12,
)


@freeze_time("2026-11-30 17:00:00")
@tagged("post_install", "-at_install")
class TestRandomMonths(KpiCommon):
    """Months of random work: whatever happens, the totals agree."""

    @settings(
        max_examples=25,
        phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking takes minutes
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors],
    )
    @given(EVENTS)
    def test_totals_agree(self, events):
        savepoint = self.env.cr.savepoint(flush=False)
        try:
            self.played, self.moves = self._create_hourly_job(), []
            for kind, is_anne, day, hours in events:
                person = self.anne if is_anne else self.employee
                start = datetime(2026, 11, day, 15 if is_anne else 13)
                getattr(self, f"_do_{kind}")(person, start, hours)
            self.env.flush_all()
            for line in self.env["sercom.kpi.check"]._compare(self.company, NOVEMBER):
                self.assertEqual((line["difference"], line["record_ids"]), (0.0, []), line)
        finally:
            self.env.flush_all()
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def _do_work(self, person, start, hours):
        taken = self.env["hr.attendance"].search_count(
            [
                ("employee_id", "=", person.id),
                ("check_in", "<", start + hours * HOUR),
                ("check_out", ">", start),
            ]
        )
        if not taken:
            self._work(self.played, hours, start=start, employee=person)

    def _do_bill(self, _person, _start, _hours):
        if self.played.sale_line_ids.filtered(lambda line: line.qty_to_invoice > 0):
            self.moves.append(self._bill(self.played, post=True))

    def _do_credit(self, _person, _start, _hours):
        if self.moves:
            self._credit(self.moves.pop())

    def _do_leave(self, person, start, hours):
        self._leave(start, start + hours * HOUR, person)

    def _do_holiday(self, _person, start, hours):
        end = start + hours * HOUR
        taken = self.env["resource.calendar.leaves"].search_count(
            [("resource_id", "=", False), ("date_from", "<=", end), ("date_to", ">=", start)]
        )
        if not taken:  # Odoo refuses two holidays at a time
            self._leave(start, end)

    def _do_raise(self, person, _start, hours):
        person.hourly_cost += hours

    def _do_waive(self, _person, _start, _hours):
        if lines := self.played._get_hours_to_decide():
            lines._waive("written_off", "Said so")

    def _do_cancel(self, _person, _start, _hours):
        self.played.action_cancel()
        self.played, self.moves = self._create_hourly_job(), []
