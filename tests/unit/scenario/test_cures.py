"""What a fault says would put it right, where what was meant can be told."""

import pytest

from riskengine.scenario.text.date_suggestions import date_meant
from riskengine.scenario.text.quantities import length_meant, share_meant
from tests.support.scenario_text import only

TENDER = "[tasks.tender]\nduration = 5\n[tasks.z]\nduration = 5\n"
TABLE = 'tasks_file = "t.csv"\n'


@pytest.mark.parametrize(
    ("text", "code", "cure"), [("tender-5d", "RE220", "tender FS-5d"), ("tender - 2w", "RE221", "tender FS-2w")]
)
def test_a_lead_without_its_type_is_shown_with_it(text, code, cure):
    issue = only(TENDER + f'after = ["{text}"]\n')
    assert (issue.code, issue.cure) == (code, f'write "{cure}"')


def test_several_predecessors_in_one_text_are_to_be_separated():
    assert "in a table separate with ;" in only(TENDER + 'after = ["tender,z"]\n').cure


def test_a_row_with_too_many_cells_says_what_separates_values():
    issue = only(TABLE, **{"t.csv": "id,duration,after\na,5,\nb,5,\nc,5,a,b\n"})
    assert issue.code == "RE505"
    assert "with ;" in issue.cure


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("11.1.2027", "2027-01-11"),
        ("2027/1/11", "2027-01-11"),
        ("25/12/2027", "2027-12-25"),
        ("1/3/2027", "2027-01-03 or 2027-03-01"),
        ("11 January 2027", "2027-01-11"),
        ("Jan 11, 2027", "2027-01-11"),
        ("soon", "year-month-day, such as 2027-01-11"),
    ],
)
def test_a_date_in_another_form_is_shown_in_the_one_that_is_taken(text, cure):
    assert date_meant(text) == f"write it as {cure}"


def test_the_cure_of_a_date_reaches_the_reader():
    issue = only("[tasks.a]\nduration = 5\n", head='schema = 1\nname = "x"\nstart = "11.1.2027"\n')
    assert (issue.code, issue.cure) == ("RE120", "write it as 2027-01-11")


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("4 weeks", "write 4w"),
        ("3 months", "write 3mo"),
        ("5,5d", "write 5.5d"),
        ("8 Hours", "write 8h"),
        ("2 elapsed days", "write 2ed"),
        ("1,000d", ""),
        ("4 years", ""),
        ("long", ""),
    ],
)
def test_a_length_of_time_spelled_out_is_shown_with_its_unit(text, cure):
    assert length_meant(text) == cure


def test_the_cure_of_a_length_reaches_the_reader_of_a_file_and_of_a_table():
    assert only('[tasks.a]\nduration = "4 weeks"\n').cure == "write 4w"
    assert only('[tasks.a]\nduration = { value = 4, unit = "weeks" }\n').cure == 'write "w"'
    assert only(TABLE, **{"t.csv": 'id,duration\na,"4,5 weeks"\n'}).cure == "write 4.5w"
    assert only(TENDER + 'after = ["tender SS+5,5d"]\n').cure == "write 5.5d"


@pytest.mark.parametrize(
    ("text", "cure"), [("30%", "write 30 % as 0.3"), ("12,5 %", "write 12.5 % as 0.125"), ("high", "")]
)
def test_a_share_in_percent_is_shown_as_a_number(text, cure):
    assert share_meant(text) == cure


def test_the_cure_of_a_probability_reaches_the_reader_of_a_file_and_of_a_table():
    risk = "[tasks.a]\nduration = 5\n"
    assert only(risk + '[risks.r]\nprobability = "30%"\nimpacts.a.delay = 2\n').cure == "write 30 % as 0.3"
    register = {"r.csv": "id,probability,target,delay\nr,30%,a,2\n"}
    assert only('risks_file = "r.csv"\n' + risk, **register).cure == "write 30 % as 0.3"


def test_an_abbreviated_key_is_taken_for_the_one_that_begins_so():
    issue = only("[tasks.a]\nduration = 5\ndesc = 'x'\n")
    assert issue.cure == 'did you mean "description"?'
    assert only("[tasks.a]\nduration = { dur = 5, value = 5 }\n").cure == ""


def test_two_words_that_begin_alike_suggest_neither():
    issue = only("[tasks.foundation-north]\nduration = 5\n[tasks.foundation-south]\nduration = 5\nafter = ['fou']\n")
    assert issue.cure == ""
