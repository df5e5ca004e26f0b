from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.planning.slots import STEP, Candidate, Need, find_slots
from ...tools.planning.travel import Travel
from ...tools.work_time.intervals import covers, merge, subtract

HOUR = 3600
DAY = 24 * HOUR
HERE, NEAR, FAR = (45.50, -73.60), (45.51, -73.60), (45.90, -73.60)
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=150)


def at(hour, day=0):
    return day * DAY + round(hour * HOUR)


def day_of(day=0):
    return [(at(8, day), at(12, day)), (at(13, day), at(17, day))]


def need(hours, **values):
    return Need(seconds=round(hours * HOUR), **{"early": 0, "late": 7 * DAY, **values})


def names(records):
    return [record[0] for record in records]


@st.composite
def people(draw):
    candidates = []
    for number in range(draw(st.integers(1, 4))):
        blocks = draw(
            st.lists(
                st.tuples(
                    st.integers(0, 5 * 96),
                    st.integers(1, 40),
                    st.sampled_from([None, HERE, NEAR, FAR]),
                ),
                max_size=10,
            )
        )
        busy = sorted(
            ((start * STEP, (start + length) * STEP, place) for start, length, place in blocks),
            key=lambda block: block[0],
        )
        opened = [span for day in range(5) for span in day_of(day)]
        leave = draw(st.tuples(st.integers(0, 5 * 96), st.integers(0, 200)))
        off = [(leave[0] * STEP, (leave[0] + leave[1]) * STEP)] if leave[1] else []
        candidates.append(
            Candidate(
                number,
                subtract(opened, off),
                busy,
                load=draw(st.floats(0, 1)),
                lacks_skill=draw(st.booleans()),
                is_known=draw(st.booleans()),
            )
        )
    return candidates


@tagged("post_install", "-at_install")
class TestSlots(BaseCase):
    @calm
    @given(
        candidates=people(),
        hours=st.sampled_from([0.25, 1.0, 2.5, 4.0, 6.0, 11.0]),
        count=st.integers(1, 3),
        early=st.integers(0, 3 * 96),
        length=st.integers(1, 5 * 96),
    )
    def test_a_slot_is_free_for_everyone_and_fits(self, candidates, hours, count, early, length):
        asked = need(
            hours, people=count, place=HERE, early=early * STEP, late=(early + length) * STEP
        )
        for slot in find_slots(asked, candidates, Travel(), limit=50):
            self.assertEqual(len(set(slot.people)), count)
            self.assertEqual(sum(end - start for start, end in slot.pieces), asked.seconds)
            self.assertGreaterEqual(slot.start, asked.early)
            self.assertLessEqual(slot.end, asked.late)
            for start, end in slot.pieces:
                for number in slot.people:
                    person = candidates[number]
                    self.assertTrue(covers(person.open, start, end), "closed or off")
                    busy = merge((one, two) for one, two, _place in person.busy)
                    self.assertEqual(subtract([(start, end)], busy), [(start, end)], "taken")
                    self._assert_time_to_travel(person, start, end)

    def _assert_time_to_travel(self, person, start, end):
        for busy_start, busy_end, place in person.busy:
            seconds = Travel().get_seconds(place, HERE)
            if busy_end <= start and not any(
                other_end > busy_end and other_end <= start for _s, other_end, _p in person.busy
            ):
                self.assertLessEqual(seconds, start - busy_end)
            if busy_start >= end and not any(
                end <= other < busy_start for other, _e, _p in person.busy
            ):
                self.assertLessEqual(seconds, busy_start - end)

    def test_the_first_hole_that_is_long_enough(self):
        busy = [(at(8), at(10), HERE), (at(11), at(12), HERE)]
        slots = find_slots(need(2.0, place=HERE, late=at(17)), [Candidate(1, day_of(), busy)])
        self.assertEqual([(slot.start, slot.end) for slot in slots][0], (at(13), at(15)))

    def test_back_to_back_at_the_same_site(self):
        busy = [(at(8), at(10), HERE)]
        slot = find_slots(need(2.0, place=HERE), [Candidate(1, day_of(), busy)])[0]
        self.assertEqual((slot.start, slot.end), (at(10), at(12)))
        self.assertEqual(slot.reasons[0], ("near", 0.0))

    def test_time_to_come_from_far_away(self):
        busy = [(at(8), at(9), FAR)]
        slot = find_slots(need(1.0, place=HERE), [Candidate(1, day_of(), busy)])[0]
        self.assertGreater(slot.start, at(9) + HOUR)

    def test_two_visits_that_end_at_once(self):
        for busy in ([(at(7), at(9), None), (at(7), at(9), FAR)], [(at(7), at(9), FAR)] * 2):
            slot = find_slots(need(1.0, place=HERE), [Candidate(1, day_of(), busy)])[0]
            self.assertGreater(slot.start, at(9) + HOUR)

    def test_the_closest_person_goes_first(self):
        one = Candidate(1, day_of(), [(at(8), at(9), FAR)])
        two = Candidate(2, day_of(), [(at(8), at(9), NEAR)])
        slots = find_slots(need(1.0, place=HERE, late=at(17)), [one, two])
        self.assertEqual(slots[0].people, (2,))

    def test_load_is_balanced(self):
        busy, idle = Candidate(1, day_of(), load=0.9), Candidate(2, day_of(), load=0.1)
        self.assertEqual(find_slots(need(1.0), [busy, idle])[0].people, (2,))

    def test_who_was_there_last_time(self):
        new, known = Candidate(1, day_of()), Candidate(2, day_of(), is_known=True)
        slot = find_slots(need(1.0), [new, known])[0]
        self.assertEqual(slot.people, (2,))
        self.assertIn("known", names(slot.reasons))

    def test_two_people_at_the_same_time(self):
        one = Candidate(1, day_of(), [(at(8), at(14), None)])
        two = Candidate(2, day_of(), [(at(15), at(17), None)])
        slots = find_slots(need(1.0, people=2, late=at(17)), [one, two])
        self.assertEqual([(slot.start, slot.end) for slot in slots], [(at(14), at(15))])
        self.assertEqual(slots[0].people, (1, 2))

    def test_more_people_than_there_are(self):
        self.assertEqual(find_slots(need(1.0, people=2), [Candidate(1, day_of())]), [])

    def test_a_long_visit_is_split(self):
        opened = [*day_of(0), *day_of(1)]
        slot = find_slots(need(10.0), [Candidate(1, opened)])[0]
        self.assertEqual(slot.pieces, [*day_of(0), (at(8, 1), at(10, 1))])
        self.assertEqual(names(slot.warnings), ["split"])

    def test_a_visit_is_not_split_because_people_are_busy(self):
        busy = [(at(10), at(11), None), (at(14), at(16), None)]
        asked = need(4.0, late=at(17))
        self.assertEqual(find_slots(asked, [Candidate(1, day_of(), busy)]), [])

    def test_a_late_slot_says_so(self):
        slot = find_slots(need(1.0, deadline=at(7)), [Candidate(1, day_of())])[0]
        self.assertEqual(names(slot.warnings), ["sla"])
        slot = find_slots(need(1.0, deadline=at(9)), [Candidate(1, day_of())])[0]
        self.assertIn("sla", names(slot.reasons))

    def test_who_lacks_a_skill_comes_last(self):
        lacking = Candidate(1, day_of(), lacks_skill=True)
        slots = find_slots(need(1.0), [lacking, Candidate(2, day_of())])
        self.assertEqual(slots[0].people, (2,))
        self.assertIn(("skill", (1,)), slots[-1].warnings)

    def test_no_more_than_a_day_holds(self):
        person = Candidate(1, day_of(), bounds=(0, DAY), room=[0.5])
        self.assertEqual(find_slots(need(1.0), [person]), [])

    def test_another_day_comes_before_a_second_hour(self):
        opened = [*day_of(0), *day_of(1)]
        slots = find_slots(need(1.0), [Candidate(1, opened)], limit=2)
        self.assertEqual([slot.start // DAY for slot in slots], [0, 1])

    def test_nobody(self):
        self.assertEqual(find_slots(need(1.0), []), [])
