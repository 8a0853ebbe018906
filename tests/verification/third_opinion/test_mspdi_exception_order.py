"""Calendar exceptions that name the same day, as MPXJ decides between them: every ordered pair of kinds.

Periods are left out, for MPXJ looks up overlapping ones by their first days; so are pairs of one strength, which MPXJ
decides by their first days and Microsoft Project refuses to make.
"""

import itertools

from tests.unit.importers.mpxj.mpxj_here import needs_mpxj
from tests.unit.importers.msproject.mspdi_text import by_id, calendar, imported, project, task
from tests.unit.importers.msproject.test_exception_order import FRIDAY, KINDS, SHORT, STRENGTH, of_kind
from tests.verification.third_opinion.opinion import of_mpxj

pytestmark = needs_mpxj
NOON = 12


def test_mpxj_decides_between_all_kinds_as_we_do(tmp_path):
    kinds = [kind for kind in KINDS if "period" not in kind]
    pairs = [
        (first, second, is_first_off)
        for first, second in itertools.product(kinds, kinds)
        for is_first_off in (True, False)
        if STRENGTH[first] != STRENGTH[second]
    ]
    calendars, tasks = [calendar()], []
    for uid, (first, second, is_first_off) in enumerate(pairs, 2):
        times = ("", SHORT) if is_first_off else (SHORT, "")
        exceptions = of_kind(first, times[0]) + of_kind(second, times[1])
        calendars.append(calendar(uid, f"C{uid}", more=f"<Exceptions>{exceptions}</Exceptions>"))
        progress = {"ActualDuration": "PT0H0M0S", "RemainingDuration": "PT3H0M0S", "DurationFormat": 7}
        bound = {"ConstraintType": 4, "ConstraintDate": f"{FRIDAY}T08:00:00"}
        tasks.append(task(uid, 3, CalendarUID=uid, **progress, **bound))
    text = project("".join(tasks), "".join(calendars))
    ours = imported(tmp_path, text)
    theirs = of_mpxj(tmp_path / "plan.xml", tmp_path, "microsoft")
    assert len(theirs) == len(pairs) > 100
    for uid, made in by_id(ours).items():
        is_worked = bool(ours.calendars[made.calendar].exceptions[FRIDAY])
        start, finish, *_ = theirs[uid]
        assert (start.date() == FRIDAY and finish.hour == NOON) is is_worked, pairs[int(uid) - 2]
