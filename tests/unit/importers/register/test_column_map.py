"""Mapping files: columns by name, scales of ratings, words of the house, and the faults of all of them."""

from pathlib import Path

import pytest

from riskengine.errors import ScenarioError
from riskengine.importers.register.read import read_register
from tests.unit.importers.register.registers import faults, issues, read_text, risks

SCALES = """
[scales.probability]
VL = "5%"
L = 0.2
M = ["30%", "50%"]
1 = 0.01
5 = 0.8

[scales.delay]
Low = "5d"
High = ["2w", "4w", "8w"]

[scales.cost]
Low = [0, 10000]
High = [10000, 50000, 200000]
"""


def test_columns_are_found_by_the_headings_that_the_mapping_gives():
    mapping = (
        '[columns]\nid = "Key"\nname = "What"\nprobability = { column = "Odds", unit = "percent" }\n'
        'delay = { low = "a", most_likely = "b", high = "c", unit = "w" }\ncost = { column = "Price", scale = 1000 }\n'
        'tasks = "Where"\n'
    )
    found = risks("Key,What,Odds,a,b,c,Price,Where\nR1,Late,5,1,2,3,7,A1\n", mapping)["R1"]
    assert (found["name"], found["probability"]) == ("Late", 0.05)
    assert found["impacts"] == {
        "A1": {"delay": {"low": 1, "most_likely": 2, "high": 3, "unit": "w"}, "cost": {"value": 7000}}
    }


@pytest.mark.parametrize(("unit", "expected"), [("percent", 0.01), ("fraction", 1.0)])
def test_the_mapping_settles_what_one_means(unit, expected):
    mapping = f'[columns]\nprobability = {{ column = "P", unit = "{unit}" }}\n'
    assert risks("ID,P,Delay (days)\nR,1,5\n", mapping)["R"]["probability"] == expected


@pytest.mark.parametrize(("mark", "expected"), [(".", 1500), (",", 1.5)])
def test_the_mapping_settles_what_a_mark_means(mark, expected):
    found = risks('ID,Probability,Cost (EUR)\nR,30%,"1,500"\n', f'decimal = "{mark}"\n')
    assert found["R"]["impacts"]["project"]["cost"]["value"] == expected


def test_ratings_become_what_the_scales_say():
    register = "ID,Probability,Delay,Cost\nR1,vl,Low,low\nR2,M,high,HIGH\n"
    found = risks(register, SCALES)
    assert [found[key]["probability"] for key in found] == [0.05, 0.4]
    assert [found[key]["impacts"]["project"]["delay"] for key in found] == [
        {"value": 5, "unit": "d"},
        {"low": 2, "most_likely": 4, "high": 8, "unit": "w"},
    ]
    assert [found[key]["impacts"]["project"]["cost"] for key in found] == [
        {"shape": "uniform", "low": 0, "high": 10000},
        {"low": 10000, "most_likely": 50000, "high": 200000},
    ]


def test_levels_that_are_numbers_are_levels_only_where_every_cell_is_one():
    register = "ID,Probability,Delay (days)\nR1,1,5\nR2,5,5\n"
    assert [risk["probability"] for risk in risks(register, SCALES).values()] == [0.01, 0.8]
    assert [code for code, _ in faults(register + "R3,4,5\n", SCALES)] == ["RE859"]
    assert risks("ID,Probability,Delay (days)\nR1,30%,5\nR2,0.5,5\n", SCALES)["R2"]["probability"] == 0.5


def test_a_rating_that_the_scale_does_not_have_is_refused():
    assert faults("ID,Probability,Delay (days)\nR1,Huge,5\nR2,L,5\n", SCALES) == [("RE862", "B2 Probability")]


def test_words_of_the_house_for_status_and_kind():
    mapping = '[status]\nParked = "closed"\n"In force" = "open"\n[kind]\nUpshot = "opportunity"\n'
    register = "ID,Status,Threat/Opportunity,Probability,Delay (days)\nR1,parked,,x,\nR2,IN FORCE,upshot,30%,5\n"
    found = risks(register, mapping)
    assert list(found) == ["R2"]
    assert found["R2"]["kind"] == "opportunity"


def test_positions_have_columns_of_their_own():
    mapping = '[columns.pre]\nprobability = "P1"\ndelay = { column = "D1", unit = "d" }\n'
    mapping += '[columns.post]\nprobability = "P2"\ndelay = { column = "D2", unit = "d" }\n'
    register = "ID,P1,D1,P2,D2\nR,50%,10,20%,4\n"
    before, after = risks(register, mapping)["R"], risks(register, mapping, "post")["R"]
    assert (before["probability"], before["impacts"]["project"]["delay"]["value"]) == (0.5, 10)
    assert (after["probability"], after["impacts"]["project"]["delay"]["value"]) == (0.2, 4)


def test_the_shape_of_three_points_can_be_given():
    register = "ID,Probability,Delay min (d),Delay ML (d),Delay max (d)\nR,30%,1,2,3\n"
    found = risks(register, 'shape = "triangular"\n')["R"]["impacts"]["project"]["delay"]
    assert found == {"shape": "triangular", "low": 1, "most_likely": 2, "high": 3, "unit": "d"}


def test_columns_can_be_ignored_and_headings_be_in_a_row_of_ones_choice():
    register = "ID,Probability,Delay (days)\nID,Probability,Likelihood,Delay (days)\nR,30%,40%,5\n"
    found = risks(register, 'header = 2\nignore = ["likelihood"]\n')
    assert found["R"]["probability"] == 0.3


def test_a_heading_under_a_group_is_named_with_it():
    register = ",Gross,,Net,\nID,Probability,Delay (days),Probability,Delay (days)\nR,30%,5,10%,2\n"
    mapping = '[columns]\nprobability = "Net / Probability"\n'
    assert risks(register, mapping)["R"]["probability"] == 0.1
    ambiguous = issues(register, '[columns]\nprobability = "Probability"\n')
    assert [(issue.code, issue.cure) for issue in ambiguous] == [("RE855", "2 columns have it")]


def test_a_column_that_is_not_there_is_told_with_what_may_have_been_meant():
    (issue,) = issues("ID,Probability,Delay (days),Risk owner\nR,30%,5,Ada\n", '[columns]\nowner = "Risk ovner"\n')
    assert (issue.code, issue.path, issue.cure) == ("RE855", "columns.owner", 'did you mean "Risk owner"?')
    assert issue.file.endswith("mapping.toml")


@pytest.mark.parametrize(
    ("mapping", "code", "path"),
    [
        ("colums = 1", "RE111", "colums"),
        ("header = 0", "RE858", "header"),
        ('separator = "|"', "RE123", "separator"),
        ('encoding = "ebcdic"', "RE123", "encoding"),
        ('decimal = ";"', "RE123", "decimal"),
        ('shape = "uniform"', "RE123", "shape"),
        ("[columns]\nid = 5", "RE113", "columns.id"),
        ("[columns]\nidd = 'x'", "RE111", "columns.idd"),
        ("[columns]\ndelay = 5", "RE113", "columns.delay"),
        ("[columns.delay]\nunit = 'd'", "RE858", "columns.delay"),
        ("[columns.delay]\ncolumn = 'x'\nlow = 'y'", "RE858", "columns.delay"),
        ("[columns.delay]\ncolumn = 'x'\nunit = 'days'", "RE123", "columns.delay.unit"),
        ("[columns.delay]\ncolumn = 'x'\nscale = 2", "RE858", "columns.delay.scale"),
        ("[columns.cost]\ncolumn = 'x'\nscale = -2", "RE858", "columns.cost.scale"),
        ("[columns.probability]\ncolumn = 'x'\nunit = 'promille'", "RE123", "columns.probability.unit"),
        ("[columns.post]\nid = 'x'", "RE111", "columns.post.id"),
        ("[scales.probability]\nHigh = 70", "RE858", "scales.probability.High"),
        ("[scales.probability]\nHigh = '170%'", "RE858", "scales.probability.High"),
        ("[scales.delay]\nHigh = '2 weeks'", "RE858", "scales.delay.High"),
        ("[scales.delay]\nHigh = ['2w', '20d']", "RE858", "scales.delay.High"),
        ("[scales.cost]\nHigh = [3, 2, 1]", "RE858", "scales.cost.High"),
        ("[scales.cost]\nHigh = nan", "RE858", "scales.cost.High"),
        ("[scales.money]\nHigh = 1", "RE111", "scales.money"),
        ("[status]\nParked = 'away'", "RE123", "status.Parked"),
        ("[kind]\nX = 'driver'", "RE123", "kind.X"),
        ("x = [", "RE105", ""),
    ],
)
def test_faults_of_a_mapping_file_carry_code_path_and_line(mapping, code, path):
    found = issues("ID,Probability,Delay (days)\nR,30%,5\n", mapping + "\n")
    assert [(issue.code, issue.path) for issue in found] == [(code, path)]
    assert found[0].file.endswith("mapping.toml")
    assert found[0].line is not None


def test_a_mapping_file_that_is_not_there_is_refused(tmp_path: Path):
    register = tmp_path / "r.csv"
    register.write_text("ID,Probability,Delay (days)\nR,30%,5\n")
    with pytest.raises(ScenarioError) as caught:
        read_register(register, mapping=tmp_path / "nowhere.toml")
    assert [issue.code for issue in caught.value.issues] == ["RE101"]


def test_columns_that_the_mapping_names_are_not_said_to_be_guessed():
    notes = read_text("ID,Odds (%),Delay (days)\nR,30%,5\n", '[columns]\nprobability = "Odds (%)"\n').notes
    assert not any("Odds" in note for note in notes)
