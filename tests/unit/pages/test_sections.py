"""Cloud, risks, levelling and method say what the tables say."""

import re
from fractions import Fraction
from functools import partial

import numpy as np
import pytest

from riskengine.analysis.joint_confidence import JointQuestion, joint_confidence, usual_question
from riskengine.pages.language import ENDS, read_language
from riskengine.pages.page import render_page
from riskengine.pages.section import PageInput
from riskengine.pages.sections import joint
from riskengine.report.reading import leading_risks, rows
from riskengine.report.text.notation import is_nothing, last_day
from tests.support.report_runs import constant, gate, run, sample, without_cost
from tests.unit.pages.runs import full_run, large_run, run_of_teams

ENGLISH = read_language("en")


@pytest.fixture(scope="module")
def made():
    return full_run()


@pytest.fixture(scope="module")
def page(made):
    return render_page(made, "my results")


def section(page: str, key: str) -> str:
    """One section of a page."""
    return page[page.index(f'<section id="{key}"') :].partition("</section>")[0]


def row(part: str, name: str) -> str:
    """The row of a table that begins with this text."""
    return re.search(rf"<tr[^>]*><th scope=row[^>]*>{re.escape(name)} ?<.*?</tr>", part, re.DOTALL).group()


def test_the_share_within_both_limits_is_that_of_the_gate(made):
    both = next(row for row in rows(made, "gates") if row["gate"] == "both")
    shares, is_met = joint.quadrant_shares(PageInput(made, ENGLISH), joint.corners(PageInput(made, ENGLISH))[0])
    assert [part[0] for part in shares] == [both["probability"], both["ci_low"], both["ci_high"]]
    assert np.count_nonzero(is_met) == both["count"]
    assert sum(shares.value) == pytest.approx(1.0, abs=1e-12)


def test_the_shares_of_the_corners_stand_in_the_picture_and_in_its_table(made, page):
    part = section(page, "joint")
    shares, _ = joint.quadrant_shares(PageInput(made, ENGLISH), joint.corners(PageInput(made, ENGLISH))[0])
    for quadrant, value, low, high in zip(joint.QUADRANTS, *(ends.tolist() for ends in shares), strict=True):
        line = row(part, ENGLISH.say(f"joint.{quadrant}"))
        assert f">{ENGLISH.chance(value)}</td>" in line
        assert f">{ENGLISH.chance(low, end='low')} to {ENGLISH.chance(high, end='high')}</td>" in line
        assert len(re.findall(rf"<text[^>]*share[^>]*>{re.escape(ENGLISH.chance(value))}", part)) >= 2


def test_intervals_of_gates_that_a_run_looked_at_several_times_name_their_level_wherever_they_stand():
    made = full_run(looks=6)
    page = re.sub(r"<[^>]+>", " ", render_page(made, "my results"))
    for gate_row in rows(made, "gates"):
        ends = [gate_row[name] for name in ("probability", "ci_low", "ci_high", "confidence")]
        _, interval = ENGLISH.chance_estimate(*ends)
        places = re.findall(rf"{re.escape(interval)}( at a level of 99\.167%)?", page)
        assert len(places) >= 2, gate_row["gate"]
        assert all(places), gate_row["gate"]


@pytest.mark.parametrize(
    ("gates", "name", "limits"),
    [
        ((gate("d", 0.4), gate("m", None, cost_share=0.6)), "d and m", (0.4, 60_000)),
        ((gate("d", 0.4),), "Plan", (0.3, 30_000)),
        ((), "Plan", (0.3, 30_000)),
    ],
)
def test_without_a_gate_on_both_two_gates_or_the_plan_make_the_corner(gates, name, limits):
    (corner,) = joint.corners(PageInput(run(sample(gates=gates)), ENGLISH))
    assert (corner.name, corner.target, corner.cost) == (name, "project", limits[1])
    assert (corner.finish - sample().start.astype("datetime64[us]").item()).days == pytest.approx(100 * limits[0])


def test_gates_beyond_the_third_have_no_picture_and_that_is_said():
    gates = tuple(gate(f"joint-{number}", 0.5, cost_share=0.5 + number / 100) for number in range(5))
    part = section(render_page(run(sample(gates=gates))), "joint")
    assert part.count("<figure>") == 3 + 1  # and the frontier
    assert "Without a picture of their own: joint-3, joint-4; their chances stand above." in part


@pytest.mark.parametrize("code", ["en", "de"])
def test_the_frontier_has_what_each_date_takes_at_the_level_of_the_gate(made, code):
    language = read_language(code)
    both = next(row for row in rows(made, "gates") if row["gate"] == "both")
    question = usual_question(made)
    assert (question.target, float(question.level)) == (both["target"], both["confidence"])
    part = section(render_page(made, "my results", code), "joint")
    result = joint_confidence(made, question)
    assert len(result.frontier) > 3
    for point in result.frontier:
        line = row(part, language.day(point.finish))
        ends = point.cost.value, point.cost.ci_low, point.cost.ci_high
        amount, interval = language.money_estimate(*ends, made.manifest["currency"])
        assert f">{amount}</td>" in line and "data-x" in line
        assert f">{interval}</td>" in line
        assert language.chance(point.on_time.value) in line
    words = re.sub(r"<[^>]+>", "", part)
    assert language.chance(result.equal.share.value) in words
    assert language.chance(result.equal.joint_at_level.value) in words


def test_without_a_gate_on_both_the_frontier_is_that_of_the_project_at_70_percent():
    assert usual_question(run(sample(gates=(gate("d", 0.4),)))) == JointQuestion(Fraction(7, 10), "project")


def test_the_plan_the_gates_and_equal_percentiles_stand_beside_the_frontier_and_in_a_table(made, page):
    part = section(page, "joint")
    for point in rows(made, "joint"):
        if point["point"] not in ("plan", "gate"):
            continue
        line = row(part, point["gate"] or "Plan")
        for name in ("joint", "on_time", "in_budget"):
            assert ENGLISH.chance_estimate(*(point[f"{name}{end}"] for end in ("", "_ci_low", "_ci_high")))[1] in line
    picture = part[part.index("<h3>Money that a date needs") :]
    assert picture.count('class="plan-point"') == picture.count('<circle class="reached"') == 2  # wide, narrow
    assert len(re.findall(r"<text[^>]*>both: 50\.0%", picture)) == 2


def test_contingency_stands_for_every_confidence_with_bars_from_nothing(made, page):
    part = section(page, "contingency")
    assert part.count("<table") == 2
    days, money = (part.split("<table")[at] for at in (1, 2))
    for one in rows(made, "contingency", target="project"):
        line = row(days if one["measure"] == "finish" else money, ENGLISH.confidence(one["confidence"]))
        for name in ("from_plan", "from_mean"):
            ends = (one[f"{name}{end}"] for end in ("", "_ci_low", "_ci_high"))
            if one["measure"] == "finish":
                text, interval = ENGLISH.days_estimate(*ends, signed=True)
            else:
                text, interval = ENGLISH.money_estimate(*ends, "EUR", signed=True)
            assert f"{text} <small>{interval}</small>" in line
    assert 'class="length less"' in part and 'class="length more"' in part


def test_contingency_is_left_out_where_nothing_varies():
    assert 'id="contingency"' not in render_page(run(without_cost(constant(sample()))))
    assert section(render_page(run(without_cost(sample()))), "contingency").count("<table") == 1


def test_every_dot_of_the_cloud_is_a_future(made, page):
    part = section(page, "joint")
    paths = re.findall(r'class="dots (?:beyond|within)" d="([^"]*)"', part)
    assert len(paths) == 2
    places = 0
    for data in paths:
        moves = np.array([[int(n) for n in re.findall(r"-?\d+", one)] for one in re.findall(r"m([\d -]+)h0", data)])
        assert data == "M0 0" + "".join(re.findall(r"m-?\d+ ?-?\d+h0", data))
        at = np.cumsum(moves, axis=0)
        assert at[:, 0].min() >= 62 and at[:, 0].max() <= 846 and at[:, 1].min() >= 12 and at[:, 1].max() <= 396
        assert len(np.unique(at, axis=0)) == len(at)
        places += len(at)
    assert 400 < places <= made.manifest["iterations"]


def test_every_leading_risk_has_its_effects_with_intervals(made, page):
    risks = leading_risks(made, 15)
    assert len(risks) == 2
    for risk in risks:
        line = row(section(page, "risks"), risk["risk"])
        assert f">{ENGLISH.chance(risk['occurrence'])}</td>" in line
        assert not is_nothing(risk["days"], risk["days_ci_low"], risk["days_ci_high"])
        days = f"{ENGLISH.tenths(risk['days_ci_low'], True)} to {ENGLISH.tenths(risk['days_ci_high'], True)}"
        assert f"{ENGLISH.days(risk['days'], True)} <small>{days}</small>" in line
        money = [ENGLISH.money(risk[f"cost{end}"], "", True) for end in ("_ci_low", "_ci_high")]
        assert f"{ENGLISH.money(risk['cost'], 'EUR', True)} <small>{money[0]} to {money[1]}</small>" in line


def test_every_month_has_its_mean_and_its_percentiles_with_intervals(made, page):
    part, months = section(page, "spending"), rows(made, "cost_periods", scope="project")
    assert len(months) == 4
    for month in months:
        line = row(part, f"{ENGLISH.months[month['month'].month - 1]} 2027")
        for name in ("cost_mean", "cumulative_p10", "cumulative_p50", "cumulative_p80"):
            value, ends = ENGLISH.money_estimate(month[name], month[f"{name}_ci_low"], month[f"{name}_ci_high"], "EUR")
            assert f">{value} <small>{ends}</small></td>" in line
        assert f">{ENGLISH.money(month['deterministic_cumulative'], 'EUR')}</td>" in line


def test_the_bars_and_the_band_of_months_are_as_high_as_their_numbers(made, page):
    part, months = section(page, "spending"), rows(made, "cost_periods", scope="project")
    bars = re.findall(r"M[\d.]+ ([\d.]+)V([\d.]+)H", re.search(r'class="bars" d="([^"]*)"', part).group(1))
    heights = np.array([float(floor) - float(top) for floor, top in bars])
    means = np.array([month["cost_mean"] for month in months])
    assert heights / heights.max() == pytest.approx(means / means.max(), abs=0.003)
    points = re.findall(r'data-x="([\d.]+)" data-y="([\d.]+)"', part)
    top = max(month["cumulative_p80"] for month in months)
    shares = [month["cumulative_p50"] / top for month in months]
    assert [float(y) for _, y in points] == pytest.approx(shares, abs=1e-5)
    assert float(points[0][0]) == pytest.approx(31 / 122, abs=1e-5) and points[-1][0] == "1.00000"


def test_a_project_without_months_of_cost_has_no_such_section():
    assert 'id="spending"' not in render_page(run(sample()))


def task_row(part: str, name: str) -> str:
    """The row of a compact table that begins with this text."""
    return re.search(rf"^<tr><th>{re.escape(name)}<.*$", part, re.MULTILINE).group()


def test_every_task_has_its_criticality_float_and_dates_with_intervals(made, page):
    part, tasks = section(page, "tasks"), rows(made, "tasks")
    assert len(tasks) == 3
    for task in tasks:
        line = task_row(part, task["task"])
        share = ENGLISH.chance_estimate(*(task[f"criticality{end}"] for end in ("", "_ci_low", "_ci_high")))
        slack = ENGLISH.days_estimate(*(task[f"float_mean{end}"] for end in ("", "_ci_low", "_ci_high")))
        for value, interval in (share, slack):
            assert f">{value}<p>{interval}<" in line
        for percent in ("p50", "p80"):
            low, high = (task[f"finish_{percent}_ci_{end}"] for end in ENDS)
            assert f">{ENGLISH.day(task[f'finish_{percent}'])}<p>{ENGLISH.span(low, high)}" in line


def test_bars_and_whiskers_of_tasks_stand_where_the_plan_and_p10_to_p90_are(made, page):
    part, tasks = section(page, "tasks"), rows(made, "tasks")
    first = min(min(task["deterministic_start"], task["finish_p10"]) for task in tasks)
    days = (max(max(task["deterministic_finish"], task["finish_p90"]) for task in tasks) - first).total_seconds()
    for task in tasks:
        names = ("deterministic_start", "deterministic_finish", "finish_p10", "finish_p90")
        bar, end, low, high = (1000 * (task[name] - first).total_seconds() / days for name in names)
        kind, style = re.search(r"<td(?: class=(.))? style=(\S+?)>", task_row(part, task["task"])).groups()
        drawn = [int(value) for value in re.findall(r"--[abcd]:(\d+)", style)]
        assert drawn == pytest.approx([bar, end - bar, low, high - low], abs=0.51)
        assert kind == ("o" if task["criticality"] >= 0.5 else "s")


@pytest.mark.parametrize("code", ["en", "de"])
def test_of_many_tasks_every_number_sorts_by_what_it_is(code):
    many = large_run(tasks=600, iterations=512, targets=1)
    part, language = section(render_page(many, language=code), "tasks"), read_language(code)
    for task in rows(many, "tasks")[:3]:
        cells = task_row(part, task["task"]).split("<td")[3:]
        share, slack = (re.fullmatch(r'(?: data-v="(.*)")?>(.*)', cell.rstrip()).groups() for cell in cells[:2])
        assert float(share[0] or share[1]) == pytest.approx(100 * task["criticality"], abs=0.051)
        assert float(slack[0] or slack[1]) == pytest.approx(task["float_mean"], abs=0.051)
        assert slack[1] == language.tenths(task["float_mean"])
        assert cells[3] == f">{last_day(task['finish_p80']).isoformat()}"
    assert language.say("tasks.without_intervals") in part


def test_the_register_has_owner_probability_effects_and_what_each_risk_adds():
    made = run_of_teams()
    part = section(render_page(made), "register")
    said = {
        "storm": ("", "team:Civil (2 rows): duration times a factor"),
        "antenna-late": ("radio manager", "design: delay"),
    }
    assert {risk["risk"] for risk in rows(made, "risks")} == said.keys()
    owners = dict(zip(*(made.tables["risks"][name].to_pylist() for name in ("risk", "owner")), strict=True))
    for risk in rows(made, "risks"):
        line = row(part, risk["risk"])
        assert f">{ENGLISH.chance(risk['probability'])} <small>threat</small>" in line
        assert f'data-v="{owners[risk["risk"]]}">' in line and f">{said[risk['risk']][1]}</div>" in line
        for measure, show in (
            ("days", ENGLISH.days_estimate),
            ("cost", partial(ENGLISH.money_estimate, currency="EUR")),
        ):
            ends = (risk[f"{measure}_p80{end}"] for end in ("", "_ci_low", "_ci_high"))
            value, interval = show(*ends, signed=True)
            assert f">{value} <small>{interval}</small></td>" in line
    assert sorted(owners.values()) == ["", "radio manager"]


def test_every_team_has_its_driving_tasks_those_that_must_not_slip_and_hand_overs():
    made = run_of_teams()
    part = section(render_page(made), "teams")
    tasks = {task["task"]: task for task in rows(made, "tasks")}
    for team, name in (("Systems", "design"), ("Civil", "build")):
        line, task = row(part, team), tasks[name]
        for key, show in (("criticality", ENGLISH.chance_estimate), ("float_mean", ENGLISH.days_estimate)):
            value, interval = show(*(task[f"{key}{end}"] for end in ("", "_ci_low", "_ci_high")))
            assert f"{name} <small>{value} ({interval})</small>" in line
    assert "done" not in row(part, "Civil")  # a milestone
    line, task = row(part, "design"), tasks["design"]
    assert ">Systems</td>" in line and ">Civil</td>" in line
    for which in ("finish_p50", "finish_p80"):
        ends = ENGLISH.span(task[f"{which}_ci_low"], task[f"{which}_ci_high"])
        assert f">{ENGLISH.day(task[which])} <small>{ends}</small></td>" in line
    assert part.count("<th scope=row") == 3  # build hands over to its own team


def test_every_estimate_stands_on_the_page_in_its_words_with_its_source():
    made = run_of_teams()
    part, estimates = section(render_page(made), "assumptions"), rows(made, "estimates")
    assert len(estimates) == 2
    for estimate in estimates:
        line = task_row(part, estimate["owner_id"])
        assert f"<td>{estimate['words']}<td>{estimate['source']}" in line
        assert f"<td>{estimate['quantity']}" in line
    assert "Of 2 estimates, 1 do not say where they came from." in part


def test_words_that_the_page_does_not_use_are_not_explained(made):
    assert "glossary.gate" in ENGLISH.words
    full, bare = (section(render_page(one), "glossary") for one in (made, run(sample())))
    for word in ("gate", "levelling", "month"):
        term = f"<dt>{ENGLISH.say(f'glossary.{word}')}</dt>"
        assert term in full and term not in bare
    assert "<dt>Criticality</dt>" in full and "<dt>Criticality</dt>" in bare


def test_what_waiting_costs_stands_in_a_table(made, page):
    part = section(page, "levelling")
    levelling = [one for one in rows(made, "levelling") if one["target"] == "project"]
    assert len(levelling) == 10
    for one in levelling:
        named = ENGLISH.say(f"levelling.{one['measure']}", statistic=ENGLISH.say(f"levelling.{one['statistic']}"))
        difference = one["difference"]
        shown = ENGLISH.days(difference, True) if one["measure"] == "finish" else ENGLISH.money(difference, "EUR", True)
        assert f">{shown}</td>" in row(part, named)
    crane = row(part, "crane")
    assert ">75.0% <small>75.0% to 75.0%</small>" in crane and 'style="left:0.00%;width:75.00%"' in crane


def test_a_run_without_levelling_has_no_such_section():
    assert 'id="levelling"' not in render_page(run(sample()))


def test_how_it_was_computed_names_seed_method_digest_and_the_check(made, page):
    part = section(page, "method")
    for text in ("2,560", "random", ">1<", "ab" * 32, "riskengine verify &#39;my results&#39;", made.manifest["run"]):
        assert text in part
    for library, version in made.manifest["provenance"].items():
        assert f"{library} {version}" in part


def test_correlations_are_shown_asked_against_achieved(page):
    part = section(page, "correlations")
    assert "not for all at once: 0.590 expected" in row(part, "crew")
    assert "0.596 to 0.620" in row(part, "crew")
    assert "-0.25" in row(part, "prices")
