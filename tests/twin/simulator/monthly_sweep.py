"""Many random scenarios through engine and walk, month by month: kinds of scenarios, and where the two differ."""

from functools import partial
from itertools import islice

from tests.twin.simulator import boundaries, written
from tests.twin.simulator.generator import document
from tests.twin.simulator.paid import is_told, paid
from tests.twin.simulator.sweep import METHODS
from tests.twin.simulator.under_way import under_way

KINDS = {
    "plain": (document, False),
    "boundaries": (boundaries.document, False),
    "under way": (partial(under_way, are_lags_known=True), True),
    "boundaries under way": (partial(under_way, are_lags_known=True, plain=boundaries.document), True),
    "one calendar under way": (partial(under_way, are_lags_known=True, plain=boundaries.on_one_calendar), True),
}


def disagreements(kind, seeds, folder, differences, dressed=lambda seed, scenario: scenario):
    """First differences of each scenario on which engine and walk differ, and how many scenarios were compared.

    ``differences`` compares one scenario; ``dressed`` adds to its document what the comparison is about.
    """
    plain, is_under_way = KINDS[kind]
    found, compared = [], 0
    for seed in seeds:
        scenario = written.read(dressed(seed, paid(seed, plain)), folder)
        if is_told(scenario):
            compared += 1
            lines = differences(scenario, seed, METHODS[seed % 3], 3, is_under_way)
            found += [f"{kind} {seed}: {line}" for line in islice(lines, 2)]
    return found, compared
