"""Every shipped scenario runs through the command line, with the answer and the figures that its header states."""

import json
import re

import pytest

from riskengine.cli import main
from tests.shipped.shipped import NAMES, decisions, header, path

EXITS = {"GO": 0, "NO-GO": 10, "UNDECIDED": 11}
FIGURE = re.compile(r"\b(mean|P10|P50|P80|P90) (\d[\d ]*\.\d+)")
PUBLISHED = [name for name in NAMES if name.startswith("published/")]

PLANS = [
    ("minimal", "project", "2027-03-26T17:00:00"),  # three working days before the hall opens
    ("ground-station", "operational", "2028-08-25T08:30:00"),  # eleven weeks before the contract date
    ("data-centre-migration", "handed-back", "2027-12-09T17:00:00"),  # the second week of December
    ("data-centre-migration", "customer-systems-moved", "2027-10-16T22:00:00"),  # six weeks before the freeze
    ("plant-shutdown", "feed-in", "2027-05-16T08:00:00"),  # Sunday at eight
    ("building-extension", "project", "2028-06-28T10:00:00"),  # nine weeks in hand
    ("building-extension-one-gang", "project", "2028-06-29T12:00:00"),  # a good day later
    ("pumping-station", "PS9000", "2028-07-04T17:00:00"),  # the finish that Primavera P6 stored
]


def answer(name, capsys, *words):
    """Exit status and JSON answer of ``riskengine decide``."""
    code = main(["decide", str(path(name)), "--no-write", "--json", *words])
    return code, json.loads(capsys.readouterr().out)


def figures(name: str) -> dict[tuple[str, str], float]:
    """Exact or reference figures in the header of a published model; what comes first is the model as it stands."""
    found: dict[tuple[str, str], float] = {}
    measure = "finish" if "hulett" in name else "cost"
    for line in header(name).splitlines():
        if line.startswith(("#   finish", "#   cost")):
            measure = line.split()[1]
        for statistic, number in FIGURE.findall(line):
            found.setdefault((measure, statistic), float(number.replace(" ", "")))
    return found


@pytest.mark.parametrize(
    ("name", "count", "stated"),
    [(name, count, stated) for name in NAMES for count, stated in decisions(name).items()],
)
def test_the_decision_is_the_one_the_header_states(name, count, stated, capsys):
    code, found = answer(name, capsys, *(() if count is None else ("-n", str(count))))
    assert (code, found["decision"].upper()) == (EXITS[stated], stated)


@pytest.mark.parametrize(("name", "target", "instant"), PLANS)
def test_the_plan_ends_when_the_header_and_the_documentation_say(name, target, instant, capsys):
    _, found = answer(name, capsys, "-n", "256")
    targets = {"project": found["finish"]} | {entry["target"]: entry for entry in found["targets"]}
    assert targets[target]["deterministic_instant"] == instant


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_engine_gives_the_published_figures(name, capsys):
    """Each within four standard errors of the run, which a right engine misses by chance once in 15 000 figures."""
    wanted = figures(name)
    assert len(wanted) >= 5
    _, found = answer(name, capsys)
    missed = {}
    for (measure, statistic), exact in wanted.items():
        block = found[measure]
        entry = (
            block["mean"]
            if statistic == "mean"
            else next(entry for entry in block["percentiles"] if entry["p"] == int(statistic[1:]))
        )
        if abs(entry["value"] - exact) > 4 * (entry["ci_high"] - entry["ci_low"]) / (2 * 1.96):
            missed[measure, statistic] = (entry["value"], exact)
    assert missed == {}


def test_the_ground_station_is_stopped_by_its_date_and_not_by_its_money(capsys):
    _, found = answer("ground-station", capsys)
    answers = {gate["gate"]: gate["answer"] for gate in found["gates"]}
    assert answers == {"contract-date": "fail", "test-slot": "fail", "date-and-money": "fail", "money": "pass"}
    worst = max(found["risks"], key=lambda risk: risk["days"]["p80"]["value"] or 0)
    assert worst["risk"] == "bearing-late"


def test_the_mitigation_of_the_ground_station_pays_for_itself(capsys):
    _, before = answer("ground-station", capsys)
    _, after = answer("ground-station-mitigated", capsys)
    assert abs(after["cost"]["mean"]["value"] - before["cost"]["mean"]["value"]) < 50_000
    p80 = [next(entry for entry in found["finish"]["percentiles"] if entry["p"] == 80) for found in (before, after)]
    assert p80[0]["date"] > "2029-01-01" and p80[1]["date"] < "2028-11-10"
