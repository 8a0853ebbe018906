"""Who asks too fast is slowed, then turned away, and let in again."""

from riskengine.serve.pace import BURST, LONGEST_WAIT_S, PER_SECOND, Pace


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def test_a_flood_is_slowed_and_then_turned_away():
    pace = Pace(Clock())
    waits = [pace.wait() for _ in range(int(BURST + LONGEST_WAIT_S * PER_SECOND) + 5)]
    assert waits[: int(BURST)] == [0.0] * int(BURST)
    assert waits[int(BURST)] == 1 / PER_SECOND
    assert waits[-6] == LONGEST_WAIT_S
    assert waits[-5:] == [None] * 5


def test_a_slider_is_never_slowed():
    pace = Pace(clock := Clock())
    waits = []
    for _ in range(1000):
        clock.now += 0.02
        waits.append(pace.wait())
    assert set(waits) == {0.0}


def test_who_stops_is_let_in_again():
    pace = Pace(clock := Clock())
    while pace.wait() is not None:
        pass
    clock.now += 10.0
    assert pace.wait() == 0.0
