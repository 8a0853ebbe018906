"""What `check` says of a schedule without computing a date."""

import subprocess
import sys
from datetime import datetime

import pytest

from riskengine.errors.catalogue import CATALOGUE
from riskengine.model import Constraint
from riskengine.model.selector import ImpactTargets
from riskengine.schedule.health.logic import Logic
from riskengine.schedule.health.readiness import readiness
from riskengine.schedule.health.redundant import redundant_relationships
from tests.support.schedules import chain, changed, days, found, scenario


def codes(plan):
    return found(readiness(Logic(plan)))


def test_a_chain_of_tasks_is_ready():
    assert codes(chain(4)) == {}


def test_the_first_and_the_last_milestone_are_no_open_ends():
    tasks = {
        "begin": {"milestone": True},
        "a": {"duration": 5, "after": ["begin"]},
        "b": {"duration": 5, "after": ["begin"]},
        "loose": {"duration": 2},
        "end": {"milestone": True, "after": ["a", "b"]},
    }
    assert codes(scenario(tasks)) == {"RE551": ("loose",)}


def test_several_ends_without_a_milestone_are_all_open():
    tasks = {"a": {"duration": 5}, "b": {"duration": 5, "after": ["a"]}, "c": {"duration": 5, "after": ["a"]}}
    assert codes(scenario(tasks))["RE551"] == ("b", "c")


def test_a_target_may_end_a_chain():
    tasks = {"a": {"duration": 5}, "b": {"duration": 5, "after": ["a"]}, "c": {"duration": 5, "after": ["a"]}}
    assert codes(scenario(tasks, targets=["b"]))["RE551"] == ("c",)
    gates = {"g": {"target": "c", "finish": "2027-06-01", "confidence": 0.8}}
    assert "RE551" not in codes(scenario(tasks, targets=["b"], gates=gates))


def test_finished_tasks_are_no_open_ends_and_started_ones_need_no_predecessor():
    plan = scenario({"a": {"duration": 5}, "b": {"duration": 5}, "c": {"duration": 5, "after": ["a", "b"]}})
    assert codes(plan)["RE551"] == ("a", "b")
    plan = changed(plan, "a", actual_start=datetime(2027, 3, 1), actual_finish=datetime(2027, 3, 2))
    plan = changed(plan, "b", actual_start=datetime(2027, 3, 1), remaining=days(2))
    assert "RE551" not in codes(plan)


def test_a_start_driven_by_finishes_only_dangles():
    tasks = {"a": {"duration": 5}, "b": {"duration": 5, "after": ["a FF"]}, "c": {"duration": 5, "after": ["b"]}}
    assert codes(scenario(tasks))["RE565"] == ("b",)


def test_a_start_that_has_happened_does_not_dangle():
    tasks = {"a": {"duration": 5}, "b": {"duration": 5, "after": ["a FF"]}, "c": {"duration": 5, "after": ["b"]}}
    plan = changed(scenario(tasks), "b", actual_start=datetime(2027, 2, 1), remaining=days(2))
    assert "RE565" not in codes(plan)


def test_a_finish_that_drives_starts_only_dangles():
    tasks = {"a": {"duration": 5}, "b": {"duration": 5, "after": ["a SS"]}}
    assert codes(scenario(tasks))["RE566"] == ("a",)
    tasks["b"]["after"] = ["a SS", "a FF"]
    assert "RE566" not in codes(scenario(tasks))


def test_milestones_do_not_dangle():
    tasks = {"a": {"milestone": True}, "b": {"duration": 5, "after": ["a SS"]}}
    assert "RE566" not in codes(scenario(tasks))


def test_leads_and_long_lags_are_found_with_their_relationship():
    tasks = {
        "a": {"duration": 5},
        "b": {"duration": 5, "after": ["a FS-3d"]},
        "c": {"duration": 5, "after": ["b FS+5w"]},
        "d": {"duration": 5, "after": ["c SS+160h"]},
        "e": {"duration": 5, "after": ["d SS+161h"]},
    }
    behind = codes(scenario(tasks))
    assert behind["RE552"] == ("a -> b FS-3d",)
    assert behind["RE567"] == ("b -> c FS+5w", "d -> e SS+161h")


@pytest.mark.parametrize(("kind", "is_hard"), [("MFO", True), ("SNLT", True), ("SO", True), ("SNET", False)])
def test_only_hard_constraints_are_held_against_a_schedule(kind, is_hard):
    plan = changed(chain(3), "t02", constraints=(Constraint(type=kind, date=datetime(2027, 3, 8)),))
    assert codes(plan) == ({"RE555": ("t02",)} if is_hard else {})


def test_alap_is_noted():
    assert codes(changed(chain(3), "t02", constraints=(Constraint(type="ALAP"),))) == {"RE578": ("t02",)}


def test_a_relationship_implied_by_a_chain_is_redundant():
    tasks = {
        "a": {"duration": 5},
        "b": {"duration": 5, "after": ["a FS+2d"]},
        "c": {"duration": 5, "after": ["b"]},
        "d": {"duration": 5, "after": ["c", "a"]},
    }
    assert codes(scenario(tasks))["RE568"] == ("a -> d FS",)


@pytest.mark.parametrize("implied", ["a FS+1d", "a SS", "a FF"])
def test_what_asks_for_more_or_something_else_is_not_redundant(implied):
    tasks = {
        "a": {"duration": 5},
        "b": {"duration": 5, "after": ["a"]},
        "c": {"duration": 5, "after": ["b", implied]},
    }
    assert redundant_relationships(Logic(scenario(tasks))) == ()


def test_a_chain_with_a_lead_or_through_starts_implies_nothing():
    tasks = {
        "a": {"duration": 5},
        "b": {"duration": 5, "after": ["a SS"]},
        "c": {"duration": 5, "after": ["b", "a"]},
    }
    assert redundant_relationships(Logic(scenario(tasks))) == ()
    tasks["b"]["after"] = ["a FS-1d"]
    assert redundant_relationships(Logic(scenario(tasks))) == ()


def test_a_started_task_implies_nothing_through_itself():
    tasks = {"a": {"duration": 5}, "b": {"duration": 5, "after": ["a"]}, "c": {"duration": 5, "after": ["b", "a"]}}
    plan = changed(scenario(tasks), "b", actual_start=datetime(2027, 2, 1), remaining=days(2))
    assert redundant_relationships(Logic(plan)) == ()


def test_redundancy_is_found_as_a_search_over_paths_finds_it():
    tasks = {
        f"t{n:02}": {"duration": 1, "after": [f"t{k:02}" for k in range(n) if (n * 7 + k * 5) % 4 == 0]}
        for n in range(24)
    }
    logic = Logic(scenario(tasks))
    after = {name: {link.predecessor for link in logic.into[name]} for name in logic.work}

    def reaches(name, wanted):
        return any(before == wanted or reaches(before, wanted) for before in after[name])

    slow = {
        (link.predecessor, link.successor)
        for link in logic.relationships
        if any(reaches(other, link.predecessor) for other in after[link.successor] - {link.predecessor})
    }
    assert {(link.predecessor, link.successor) for link in redundant_relationships(logic)} == slow
    assert slow and len(slow) < len(logic.relationships)


def test_a_span_with_successors_is_noted_and_takes_no_part_in_logic():
    plan = changed(chain(3), "t02", type="level of effort")
    behind = codes(plan)
    assert behind["RE569"] == ("t02 -> t03 FS",)
    assert behind["RE551"] == ("t01", "t03")


@pytest.mark.parametrize(("kind", "overtaken"), [("FS", True), ("SS", True), ("FF", False), ("SF", False)])
def test_a_start_before_what_it_waits_for_is_out_of_sequence(kind, overtaken):
    plan = scenario({"a": {"duration": 5}, "b": {"duration": 5, "after": [f"a {kind}"]}})
    plan = changed(plan, "b", actual_start=datetime(2027, 2, 22), remaining=days(2))
    assert ("RE570" in codes(plan)) == overtaken
    plan = changed(plan, "b", actual_finish=datetime(2027, 2, 23), remaining=None)
    assert "RE570" in codes(plan)
    plan = changed(plan, "a", actual_start=datetime(2027, 2, 1), actual_finish=datetime(2027, 2, 2))
    assert "RE570" not in codes(plan)


@pytest.mark.parametrize("kind", ["SS", "SF"])
def test_a_predecessor_that_has_started_is_all_that_its_start_can_drive(kind):
    plan = scenario({"a": {"duration": 5}, "b": {"duration": 5, "after": [f"a {kind}"]}})
    plan = changed(plan, "b", actual_start=datetime(2027, 2, 22), actual_finish=datetime(2027, 2, 23))
    plan = changed(plan, "a", actual_start=datetime(2027, 2, 1), remaining=days(2))
    assert "RE570" not in codes(plan)


def test_actual_dates_after_the_data_date_are_invalid():
    plan = chain(2).model_copy(update={"is_data_date": True})
    plan = changed(plan, "t01", actual_start=datetime(2027, 3, 8), remaining=days(2))
    assert codes(plan)["RE559"] == ("t01",)
    assert "RE559" not in codes(plan.model_copy(update={"is_data_date": False}))


def test_a_risk_on_finished_work_only_is_found():
    risks = {
        "late": {"probability": 0.5, "impacts": {"t01": {"delay": 5}}},
        "wide": {"probability": 0.5, "impacts": {"*": {"delay": 5}}},
        "dear": {"probability": 0.5, "impacts": {"t01": {"cost": 5}}},
        "none": {"probability": 0.5},
        "off": {"probability": 0.5, "active": False},
    }
    plan = chain(2, risks=risks)
    assert codes(plan) == {"RE572": ("none",)}
    done = changed(plan, "t01", actual_start=datetime(2027, 2, 1), actual_finish=datetime(2027, 2, 2))
    assert codes(done) == {"RE571": ("late",), "RE572": ("none",)}


def test_selectors_find_the_tasks_that_the_reader_finds():
    tasks = {
        "a": {"duration": 1, "team": "x", "wbs": "1.2", "tags": ["hot"]},
        "b": {"duration": 1, "wbs": "1.2.3"},
        "c": {"duration": 1, "wbs": "1.20"},
    }
    plan = scenario(tasks)
    for key, wanted in (
        ("team:x", "a"),
        ("tag:hot", "a"),
        ("wbs:1.2", "ab"),
        ("wbs:1", "abc"),
        ("*", "abc"),
        ("b", "b"),
    ):
        assert "".join(ImpactTargets(plan).tasks(key)) == wanted


def test_the_same_percentages_everywhere_are_noted():
    tasks = {
        f"t{n}": {"duration": [9 * n, 10 * n, 13 * n], "after": [f"t{n - 1}"] if n > 1 else []} for n in range(1, 6)
    }
    assert codes(scenario(tasks))["RE573"] == ("t1", "t2", "t3", "t4", "t5")
    tasks["t5"]["duration"] = [40, 50, 80]
    assert "RE573" not in codes(scenario(tasks))


def test_tasks_without_range_are_noted_where_others_have_one():
    tasks = {"a": {"duration": [1, 2, 3]}, "b": {"duration": 5, "after": ["a"]}}
    assert codes(scenario(tasks)) == {"RE574": ("b",)}


def test_tasks_without_wbs_or_a_name_of_their_own_are_noted():
    tasks = {
        "a": {"duration": 1, "wbs": "1", "name": "Test"},
        "b": {"duration": 1, "name": "Test", "after": ["a"]},
        "c": {"duration": 1, "wbs": "1", "name": "Other", "after": ["b"]},
    }
    assert codes(scenario(tasks)) == {"RE575": ("b",), "RE577": ("a", "b")}


def test_every_finding_is_in_the_catalogue_and_names_what_is_behind_it():
    tasks = {"a": {"duration": 60}, "b": {"duration": 5, "after": ["a SS+30d"]}, "c": {"duration": 1}}
    findings = readiness(Logic(scenario(tasks)))
    assert len(findings) > 3
    for finding in findings:
        assert finding.title == CATALOGUE[finding.code].title
        assert finding.behind
        assert finding.line().startswith(f"{finding.level}: {finding.code} ")


def test_readiness_loads_no_array_library():
    probe = "import riskengine.schedule.health.readiness, sys; print({'numpy', 'scipy', 'numba'} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"


def test_a_factor_on_a_cost_line_is_no_risk_on_finished_work():
    risks = {
        "line": {"probability": 0.5, "impacts": {"cost:site": {"cost_factor": 1.2}}},
        "paid": {"probability": 0.5, "impacts": {"t01": {"cost_factor": 1.2}}},
    }
    plan = chain(2, risks=risks, costs={"site": {"fixed": 5}})
    done = changed(plan, "t01", actual_start=datetime(2027, 2, 1), actual_finish=datetime(2027, 2, 2))
    assert codes(done) == {"RE571": ("paid",)}
