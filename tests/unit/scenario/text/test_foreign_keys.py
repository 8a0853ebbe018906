"""Keys of other tools are told what they are called here, or that it cannot be said yet."""

import re

import pytest

from riskengine.model.format import FORMAT
from riskengine.scenario.text import foreign_keys
from tests.support.scenario_text import issues

PLACES = {
    "": ("{key} = 5\n[tasks.a]\nduration = 5\n", foreign_keys.SCENARIO),
    "tasks": ("[tasks.a]\nduration = 5\n{key} = 5\n", foreign_keys.TASK),
    "risks": ("[tasks.a]\nduration = 5\n[risks.r]\nprobability = 0.5\n{key} = 5\n", foreign_keys.RISK),
    "impacts": (
        "[tasks.a]\nduration = 5\n[risks.r]\nprobability = 0.5\nimpacts.a = {{ delay = 1, {key} = 5 }}\n",
        foreign_keys.IMPACT,
    ),
    "gates": (
        "[tasks.a]\nduration = 5\n[gates.g]\ntarget = 'a'\nconfidence = 0.8\nfinish = 2028-01-01\n{key} = 5\n",
        foreign_keys.GATE,
    ),
    "calendars": (
        "[tasks.a]\nduration = 5\n[calendars.c]\nweek = 'mon-fri 08:00-16:00'\n{key} = 5\n",
        foreign_keys.CALENDAR_KEYS,
    ),
    "resources": ("[tasks.a]\nduration = 5\n[resources.r]\nrate = 5\n{key} = 5\n", foreign_keys.RESOURCE),
    "costs": ("[tasks.a]\nduration = 5\n[costs.c]\nfixed = 5\n{key} = 5\n", foreign_keys.COST),
}


@pytest.mark.parametrize("section", PLACES)
def test_a_key_of_another_tool_names_what_is_meant(section):
    text, meanings = PLACES[section]
    for key, meaning in {**foreign_keys.ANYWHERE, **meanings}.items():
        if key not in FORMAT[section]:
            (cure,) = [issue.cure for issue in issues(text.format(key=key)) if issue.code == "RE111"]
            assert cure == meanings.get(key, meaning), key


@pytest.mark.parametrize(
    ("key", "part"),
    [
        ("distributions", "duration = [low, most_likely, high]"),
        ("uncertainty", "duration = [low, most_likely, high]"),
        ("monte_carlo", "-n, --seed, --method"),
        ("constraints", "constraints stand at the task"),
        ("phases", "names stand under [wbs]"),
        ("assumptions", "stands in description"),
        ("rates", "rates stand at tasks"),
        ("contingency", "riskengine contingency"),
        ("team", "[resources.ID]"),
    ],
)
def test_a_section_of_other_tools_is_not_guessed_by_likeness_of_its_letters(key, part):
    (cure,) = [issue.cure for issue in issues(f"{key} = 5\n[tasks.a]\nduration = 5\n") if issue.code == "RE111"]
    assert part in cure and "did you mean" not in cure


@pytest.mark.parametrize("section", PLACES)
def test_no_key_of_the_format_is_called_foreign(section):
    assert set(FORMAT[section]).isdisjoint(PLACES[section][1])
    assert set(FORMAT[section]).isdisjoint(foreign_keys.ANYWHERE)


@pytest.mark.parametrize(
    ("key", "part"),
    [
        ("depends_on", 'after = ["design"'),
        ("Predecessors", 'after = ["design"'),
        ("weather", "stand under [calendars.ID.lost]"),
        ("Correlated-with", "stand under [correlations.ID]"),
        ("assigned-to", "use owner"),
        ("probability", "use exists"),
        ("escalation", "stand under [indices.ID]"),
    ],
)
def test_spelling_and_case_do_not_matter(key, part):
    (issue,) = issues(f"[tasks.a]\nduration = 5\n{key} = 'x'\n")
    assert part in issue.cure


def test_what_a_cure_names_is_a_key_of_the_format():
    named = [
        (section, re.split(r"[^a-z_]", meaning.removeprefix("use "))[0])
        for section, (_, meanings) in PLACES.items()
        for meaning in meanings.values()
        if meaning.startswith("use ")
    ]
    assert len(named) > 50
    assert [pair for pair in named if pair[1] not in FORMAT[pair[0]]] == []


@pytest.mark.parametrize(
    ("key", "cure"),
    [("mode", "use most_likely"), ("stdev", "use sd"), ("dist", "use shape"), ("pessimistic", "use high")],
)
def test_parameters_of_other_tools_are_told_as_well(key, cure):
    found = issues(f"[tasks.a]\nduration = {{ low = 1, most_likely = 2, high = 3, {key} = 2 }}\n")
    assert [issue.cure for issue in found] == [cure]


@pytest.mark.parametrize("section", ["gates", "costs", "resources", "calendars"])
def test_an_owner_of_what_has_none_is_told_where_owners_stand(section):
    (cure,) = [issue.cure for issue in issues(PLACES[section][0].format(key="owner")) if issue.code == "RE111"]
    assert cure == "owners stand at tasks and risks: owner = ..."
