"""Registers without a mapping: probabilities, impacts, units, and when they are too uncertain to be read."""

import pytest

from tests.unit.importers.register.registers import faults, issues, read_text, risks

HEAD = "ID,Title,Probability,Delay (days)\n"


def probabilities(heading, *cells):
    """Probabilities of a column."""
    lines = "".join(f'R{n},Late,"{cell}",5\n' for n, cell in enumerate(cells))
    found = risks(f"ID,Title,{heading},Delay (days)\n{lines}")
    return [found[f"R{n}"]["probability"] for n in range(len(cells))]


def refused(heading, *cells):
    """Codes of the faults of a column of probabilities."""
    lines = "".join(f'R{n},Late,"{cell}",5\n' for n, cell in enumerate(cells))
    return [code for code, _ in faults(f"ID,Title,{heading},Delay (days)\n{lines}")]


@pytest.mark.parametrize(
    ("heading", "cells", "expected"),
    [
        ("Probability", ["30%", "5 %", "100%"], [0.3, 0.05, 1]),
        ("Probability", ["0.3", "0.05", "1", "0"], [0.3, 0.05, 1, 0]),
        ("Probability", ["0,3", "0,05"], [0.3, 0.05]),
        ("Probability", ["30", "5", "1"], [0.3, 0.05, 0.01]),
        ("Probability (%)", ["3", "5", "2"], [0.03, 0.05, 0.02]),
        ("Probability (%)", ["12,5", "5"], [0.125, 0.05]),
        ("Probability in percent", ["30", "0"], [0.3, 0]),
        ("Probability", ["0", "0"], [0, 0]),
        ("Probability (%)", ["30%", "40%"], [0.3, 0.4]),
    ],
)
def test_probabilities_are_read_where_heading_or_values_make_them_certain(heading, cells, expected):
    assert probabilities(heading, *cells) == expected


@pytest.mark.parametrize(
    ("heading", "cells", "codes"),
    [
        ("Probability", ["5", "3"], ["RE859"]),
        ("Probability", ["1"], ["RE859"]),
        ("Probability", ["1", "0"], ["RE859"]),
        ("Probability", ["0.5", "30"], ["RE859"]),
        ("Probability (%)", ["0.5", "30"], ["RE859"]),
        ("Probability (%)", ["0.5", "0.3"], ["RE859"]),
        ("Probability (%)", ["130"], ["RE859"]),
        ("Probability", ["-5", "30"], ["RE859"]),
        ("Probability", ["130%"], ["RE863"]),
        ("Probability", ["likely"], ["RE862"]),
        ("Probability", ["VH", "30%"], ["RE862"]),
        ("Probability", ["1 in 10"], ["RE863"]),
        ("Probability", [""], ["RE870"]),
        ("Probability score", ["3", "5"], ["RE862", "RE862"]),
    ],
)
def test_probabilities_that_can_be_read_in_two_ways_are_refused(heading, cells, codes):
    assert refused(heading, *cells) == codes


@pytest.mark.parametrize(
    ("heading", "cell", "expected"),
    [
        ("Delay (days)", "10", {"value": 10, "unit": "d"}),
        ("Delay (weeks)", "2.5", {"value": 2.5, "unit": "w"}),
        ("Delay", "5d", {"value": 5, "unit": "d"}),
        ("Delay (days)", "2 weeks", {"value": 2, "unit": "w"}),
        ("Verzug (Kalendertage)", "3", {"value": 3, "unit": "ed"}),
        ("Cost (EUR)", "25 000", {"value": 25000}),
        ("Cost", "€ 1,234.50", {"value": 1234.5}),
        ("Cost (k€)", "12.5", {"value": 12500}),
        ("Cost (TRY)", "TRY 5", {"value": 5}),
        ("Cost (OMR)", "1.5m OMR", {"value": 1500000}),
        ("Cost impact", "3M", {"value": 3000000}),
    ],
)
def test_single_impacts_are_constants_in_the_unit_of_cell_or_heading(heading, cell, expected):
    found = risks(f'ID,Probability,{heading}\nR,30%,"{cell}"\n')
    (effects,) = found["R"]["impacts"].values()
    assert list(effects.values()) == [expected]


def test_amounts_that_are_not_clear_name_the_line_of_the_headings():
    (issue,) = issues("Risks of the project\n\nID,Probability,Cost (zz)\nR,30%,10\n")
    assert (issue.code, issue.line) == ("RE861", 3)


@pytest.mark.parametrize(
    ("heading", "cell", "code"),
    [
        ("Delay", "10", "RE861"),
        ("Cost (zz)", "10", "RE861"),
        ("Cost (EUR)", "1,500", "RE860"),
        ("Cost (EUR)", "$5", "RE861"),
        ("Cost (EGP)", "TRY 5", "RE861"),
        ("Cost (INR crore)", "5", "RE861"),
        ("Cost (k€)", "5k", "RE861"),
        ("Cost (EUR)", "about 5", "RE863"),
        ("Cost (EUR)", "High", "RE862"),
        ("Delay (days)", "5-10", "RE863"),
        ("Delay (days)", "tbd", "RE862"),
        ("Delay (days)", "-5", "RE867"),
        ("Delay (days)", "9e99", "RE863"),
        ("Delay rating", "3", "RE862"),
    ],
)
def test_impacts_that_are_not_certain_are_refused_with_their_place(heading, cell, code):
    (issue,) = issues(f'ID,Probability,{heading}\nR,30%,"{cell}"\n')
    assert issue.code == code
    assert issue.line in (1, 2)


@pytest.mark.parametrize(("heading", "scale"), [("Cost (EUR)", "[scales.cost]"), ("Delay (days)", "[scales.delay]")])
def test_a_rating_of_an_impact_asks_for_the_scale_of_that_impact(heading, scale):
    (issue,) = issues(f"ID,Probability,{heading}\nR,30%,High\n")
    assert scale in issue.cure and "scales.probability" not in issue.cure


@pytest.mark.parametrize("cell", ["", "-", "n/a", "none", "0"])
def test_an_impact_of_nothing_is_none(cell):
    register = f"ID,Probability,Delay (days),Cost (EUR)\nR,30%,{cell},5\n"
    assert risks(register)["R"]["impacts"] == {"project": {"cost": {"value": 5}}}


def test_three_points_two_points_and_percentiles_become_estimates():
    three = "ID,Probability,Delay min (days),Delay ML (days),Delay max (days)\nR,30%,5,10,20\n"
    two = "ID,Probability,Min cost (EUR),Max cost (EUR)\nR,30%,5,10\n"
    trigen = "ID,Probability,P10 cost (EUR),Most likely cost (EUR),P90 cost (EUR)\nR,30%,5,7,10\n"
    assert risks(three)["R"]["impacts"]["project"]["delay"] == {"low": 5, "most_likely": 10, "high": 20, "unit": "d"}
    assert risks(two)["R"]["impacts"]["project"]["cost"] == {"shape": "uniform", "low": 5, "high": 10}
    expected = {
        "shape": "trigen",
        "low": 5,
        "most_likely": 7,
        "high": 10,
        "low_percentile": 0.1,
        "high_percentile": 0.9,
    }
    assert risks(trigen)["R"]["impacts"]["project"]["cost"] == expected


def test_five_percentiles_become_equally_likely_values_on_straight_lines():
    register = (
        "ID,Probability,P0 delay (d),P25 delay (d),P50 delay (d),P75 delay (d),P100 delay (d)\nR,30%,0,10,20,40,80\n"
    )
    found = risks(register)["R"]["impacts"]["project"]["delay"]
    assert (found["shape"], len(found["values"]), set(found["weights"])) == ("discrete", 100, {1})
    assert found["values"][0] == pytest.approx(0.2)
    assert found["values"][49:51] == pytest.approx([19.8, 20.4])
    assert found["values"][-1] == pytest.approx(79.2)
    mean = sum(found["values"]) / 100
    assert mean == pytest.approx((5 + 15 + 30 + 60) / 4, abs=0.2)


def test_tails_beyond_the_percentiles_go_on_but_not_across_zero():
    register = "ID,Probability,P10 delay (d),P50 delay (d),P90 delay (d)\nR,30%,1,20,40\n"
    values = risks(register)["R"]["impacts"]["project"]["delay"]["values"]
    assert values == sorted(values)
    assert values[0] == 0
    assert values[-1] == pytest.approx(40 + 0.095 * 50)


@pytest.mark.parametrize(
    ("cells", "code"),
    [("20,10,30", "RE867"), ("5,,20", "RE867"), ("5,x,20", "RE862"), ("-5,10,20", "RE867"), ("5d,1w,20d", "RE861")],
)
def test_points_that_do_not_fit_are_refused(cells, code):
    register = f"ID,Probability,Delay min (days),Delay ML (days),Delay max (days)\nR,30%,{cells}\n"
    assert [found for found, _ in faults(register)] == [code]


def test_all_faults_are_told_at_once_with_file_row_and_column():
    register = HEAD + "R1,Late,130%,5\nR2,Lost,30%,x\nR2,Other,30%,5\n,No id,30%,5\nR3,Fine,30%,5\n"
    found = issues(register)
    assert [(issue.code, issue.path, issue.line) for issue in found] == [
        ("RE863", "C2 Probability", 2),
        ("RE862", "D3 Delay (days)", 3),
        ("RE866", "A4", 4),
        ("RE866", "A5 ID", 5),
    ]
    assert found[0].format().endswith('C2 Probability: a probability must be between 0 and 100 %, got "130%"')
    assert all(issue.file.endswith("register.csv") for issue in found)


def test_cause_event_effect_and_category_become_the_description():
    register = "ID,Cause,Event,Effect,Category,Probability,Delay (days),Owner\nR,Storm,Flood,Stop,Weather,30%,5,Ada\n"
    risk = risks(register)["R"]
    assert risk["description"] == "Cause: Storm\nEvent: Flood\nEffect: Stop\nCategory: Weather"
    assert risk["owner"] == "Ada"


def test_without_a_title_the_event_is_the_name():
    assert risks("ID,Risk event,Probability,Delay (days)\nR,Flood,30%,5\n")["R"]["name"] == "Flood"


def test_closed_risks_are_left_out_and_those_that_occurred_are_certain():
    rows = ["R1,Closed,x,y", "R2,Occurred,30%,5", "R3,Proposed,30%,5", "R4,offen,30%,5", "R5,,30%,5"]
    register = "\n".join(["ID,Status,Probability,Delay (days)", *rows])
    found = read_text(register)
    assert [(risk.id, risk.probability) for risk in found.risks] == [
        ("R2", 1.0),
        ("R3", 0.3),
        ("R4", 0.3),
        ("R5", 0.3),
    ]
    for note in ("closed risks are left out: R1", "risks that occurred are certain: R2", "taken as open: R3"):
        assert any(note in found_note for found_note in found.notes), note


def test_an_unknown_status_or_kind_is_refused():
    assert faults("ID,Status,Probability,Delay (days)\nR,Parked,30%,5\n") == [("RE864", "B2 Status")]
    assert faults("ID,Threat/Opportunity,Probability,Delay (days)\nR,maybe,30%,5\n") == [
        ("RE865", "B2 Threat/Opportunity")
    ]


def test_a_type_is_a_kind_only_where_it_says_nothing_else():
    kinds = "ID,Type,Probability,Delay (days)\nR,Opportunity,30%,5\nS,Threat,30%,5\n"
    others = "ID,Type,Probability,Delay (days)\nR,Opportunity,30%,5\nS,Technical,30%,5\n"
    assert risks(kinds)["R"]["kind"] == "opportunity"
    assert "kind" not in risks(others)["R"]


@pytest.mark.parametrize("cells", ["5,10,20", "-20,-10,-5", "-5,-10,-20"])
def test_what_an_opportunity_saves_is_negative_whichever_way_it_is_written(cells):
    heads = "ID,Type,Probability,Delay min (days),Delay ML (days),Delay max (days)\n"
    found = risks(f"{heads}R,Opportunity,30%,{cells}\n")["R"]["impacts"]["project"]["delay"]
    assert found == {"low": -20, "most_likely": -10, "high": -5, "unit": "d"}


def test_savings_given_by_percentiles_are_counted_from_the_other_end():
    heads = "ID,Type,Probability,P10 cost (EUR),Most likely cost (EUR),P80 cost (EUR)\n"
    found = risks(f"{heads}R,Opportunity,30%,5,10,20\n")["R"]["impacts"]["project"]["cost"]
    assert (found["low"], found["high"]) == (-20, -5)
    assert (found["low_percentile"], found["high_percentile"]) == (0.2, 0.9)


def test_the_numbers_before_mitigation_are_taken_unless_those_after_are_asked_for():
    register = (
        "ID,Probability before (%),Delay before (days),Probability after (%),Delay after (days)\n"
        "R1,50,20,25,10\nR2,40,8,,\n"
    )
    assert [risk["probability"] for risk in risks(register).values()] == [0.5, 0.4]
    after = read_text(register, position="post")
    assert [risk.probability for risk in after.risks] == [0.25, 0.4]
    assert "no probability after mitigation is given, so that before mitigation is used: R2" in after.notes


def test_a_position_that_the_register_does_not_have_is_refused():
    register = "ID,Residual probability,Residual delay (days)\nR,30%,5\n"
    assert [code for code, _ in faults(register)] == ["RE869", "RE869"]
    assert risks(register, position="post")["R"]["probability"] == 0.3


@pytest.mark.parametrize(
    ("heads", "codes"),
    [
        ("ID,Title,Owner", ["RE857", "RE857"]),
        ("ID,Title,Delay (days)", ["RE857"]),
        ("ID,Title,Probability", ["RE857"]),
        ("ID,Probability,Likelihood,Delay (days)", ["RE856"]),
        ("ID,Probability,Delay (days),Delay max (days)", ["RE856"]),
        ("ID,Probability,Delay (days),Min,Max", ["RE861", "RE861"]),
    ],
)
def test_headings_that_leave_room_for_doubt_are_refused(heads, codes):
    cells = ",".join(["R", *["30%"] * heads.count(",")])
    assert [code for code, _ in faults(f"{heads}\n{cells}\n")] == codes


def test_a_rating_beside_the_amounts_is_not_used_and_that_is_said():
    register = "ID,Probability,Probability rating,Delay (days),Delay rating\nR,30%,4,10,5\n"
    found = read_text(register)
    assert [risk.probability for risk in found.risks] == [0.3]
    assert any('"Probability rating" is not used' in note for note in found.notes)


def test_what_was_guessed_is_said_column_by_column():
    notes = read_text(HEAD + "R1,Late,30%,5\n").notes
    assert 'column C "Probability" is taken for probability' in notes
    assert 'column D "Delay (days)" is taken for delay in d' in notes
    notes = read_text("ID,Probability,Delay (days),Weather\nR,30%,5,x\n").notes
    assert 'columns that are not used: "Weather"' in notes


def test_rows_that_repeat_the_headings_or_add_up_are_no_risks():
    register = HEAD + "R1,Late,30%,5\n\n" + HEAD + "R2,Lost,40%,5\n,Total,,10\n"
    found = read_text(register)
    assert [risk.id for risk in found.risks] == ["R1", "R2"]
    assert any("add up are left out: row 6" in note for note in found.notes)


def test_headings_in_between_are_no_risks():
    found = read_text(HEAD + "Technical\nR1,Late,30%,5\nCommercial risks,,,\nR2,Lost,40%,5\n")
    assert [risk.id for risk in found.risks] == ["R1", "R2"]
    assert "rows of one text only are taken for headings in between: row 2, row 4" in found.notes


def test_without_a_column_of_ids_risks_are_named_after_their_rows():
    found = read_text("Title,Probability,Delay (days)\nLate,30%,5\n")
    assert [risk.id for risk in found.risks] == ["row 2"]
    assert any("no column of ids" in note for note in found.notes)


def test_a_slash_in_an_id_becomes_a_dash():
    assert list(risks(HEAD + "R/1,Late,30%,5\n")) == ["R-1"]
