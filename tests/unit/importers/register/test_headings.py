"""What headings of registers are taken for."""

import pytest

from riskengine.importers.register.currencies import CODES
from riskengine.importers.register.headings import Heading, find_header, understood
from riskengine.scenario.tables.sheets import Sheet


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ID", Heading("id")),
        ("Risk ID", Heading("id")),
        ("Nr.", Heading("id")),
        ("#", Heading("id")),
        ("Risk", Heading("name")),
        ("Risk title", Heading("name")),
        ("Bezeichnung", Heading("name")),
        ("Titre du risque", Heading("name")),
        ("Risk description", Heading("description")),
        ("Root cause", Heading("cause")),
        ("Ursache", Heading("cause")),
        ("Effect", Heading("effect")),
        ("Impact", Heading("effect")),
        ("Auswirkungen", Heading("effect")),
        ("Risk owner", Heading("owner")),
        ("Verantwortlicher", Heading("owner")),
        ("Propriétaire", Heading("owner")),
        ("Status", Heading("status")),
        ("Current status", Heading("status")),
        ("Impact délai (j)", Heading("delay", unit="d")),
        ("Schedule impact (weeks) - Low", Heading("delay", "low", unit="w")),
        ("Cost Impact - Max ($)", Heading("cost", "high", currency="USD")),
        ("Kostenauswirkung min. [TEUR]", Heading("cost", "low", scale=1e3, currency="EUR")),
        ("État", Heading("status")),
        ("Type", Heading("type")),
        ("Threat/Opportunity", Heading("kind")),
        ("Affected tasks", Heading("tasks")),
        ("Activity IDs", Heading("tasks")),
        ("Betroffene Vorgänge", Heading("tasks")),
        ("WBS", Heading("wbs")),
        ("PSP-Element", Heading("wbs")),
        ("Probability", Heading("probability")),
        ("Probability (%)", Heading("probability", unit="%")),
        ("Eintrittswahrscheinlichkeit in %", Heading("probability", unit="%")),
        ("Probabilité avant mitigation", Heading("probability", position="pre")),
        ("Residual likelihood", Heading("probability", position="post")),
        ("P (%)", Heading("probability", unit="%")),
        ("Probability rating", Heading("probability", is_rating=True)),
        ("Schedule impact (days)", Heading("delay", unit="d")),
        ("Delay ML (weeks)", Heading("delay", "most_likely", unit="w")),
        ("Most likely delay [calendar days]", Heading("delay", "most_likely", unit="ed")),
        ("Terminverzug max. (Tage)", Heading("delay", "high", unit="d")),
        ("Délai min (jours)", Heading("delay", "low", unit="d")),
        ("P80 delay (d)", Heading("delay", "p80", unit="d")),
        ("Min days", Heading("delay", "low", unit="d")),
        ("Post-mitigation cost max (k€)", Heading("cost", "high", "post", scale=1e3, currency="EUR")),
        *[(f"Cost ({code})", Heading("cost", currency=code)) for code in sorted(CODES)],
        ("Cost EGP", Heading("cost", currency="EGP")),
        ("Cost impact (kAED)", Heading("cost", scale=1e3, currency="AED")),
        ("Cost (M ZAR)", Heading("cost", scale=1e6, currency="ZAR")),
        ("Top 10 costs", Heading("cost")),
        ("All costs", Heading("cost")),
        ("Cost (INR crore)", Heading("cost", scale=None, currency="INR")),
        ("Cost (USD billion)", Heading("cost", scale=None, currency="USD")),
        ("Top risk", None),
        ("SDG", None),
        ("Mars", None),
        ("Impact (EGP)", Heading("cost", currency="EGP")),
        ("Min (CZK)", Heading("cost", "low", currency="CZK")),
        ("Cost impact", Heading("cost")),
        ("Kosten (T€)", Heading("cost", scale=1e3, currency="EUR")),
        ("Cost ($M)", Heading("cost", scale=1e6, currency="USD")),
        ("Coût (€)", Heading("cost", currency="EUR")),
        ("Cost (€ '000)", Heading("cost", scale=1e3, currency="EUR")),
        ("Cost impact (zz)", Heading("cost", scale=None)),
        ("Maximum", Heading("points", "high")),
    ],
)
def test_headings_in_three_languages_are_understood(text, expected):
    assert understood(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Mitigation plan",
        "Mitigation cost (€)",
        "Expected value (€)",
        "EMV",
        "Cost of delay per day (€)",
        "Date raised",
        "Comments",
        "Days open",
        "Severity",
        "Pre/post probability",
        "Contingency (€)",
        "Cost centre",
        "Response",
        "Weather",
        "Cost distribution",
        "Residual risk",
    ],
)
def test_headings_of_other_things_are_left_alone(text):
    assert understood(text) is None


def rows(*lines):
    """A sheet of texts."""
    return Sheet(
        "r.csv", "", [[cell or None for cell in line.split(",")] for line in lines], [*range(1, len(lines) + 1)]
    )


def test_the_row_with_most_headings_is_found_below_titles():
    header = find_header(rows("Cost risk register", "", "ID,Title,Probability", "R1,Low delay,High"))
    assert header.row == 2


def test_groups_above_the_headings_say_before_and_after():
    header = find_header(
        rows("Register,,Pre-mitigation,,Post-mitigation,", "ID,Title,Probability,Delay,Probability,Delay")
    )
    assert header.texts[2:] == [
        "Pre-mitigation / Probability",
        "Pre-mitigation / Delay",
        "Post-mitigation / Probability",
        "Post-mitigation / Delay",
    ]


def test_a_title_over_all_columns_is_no_group():
    sheet = rows("Post-mitigation cost register,,", "ID,Probability,Delay")
    sheet.merges = [(0, 0, 0, 2)]
    assert find_header(sheet).texts == ["ID", "Probability", "Delay"]


def test_a_merged_group_covers_its_columns_and_no_more():
    sheet = rows("X,,Residual,,", "ID,Title,Probability,Delay,Cost")
    sheet.merges = [(0, 2, 0, 3)]
    assert find_header(sheet).texts[2:] == ["Residual / Probability", "Residual / Delay", "Cost"]


def test_headings_merged_over_two_rows_are_found():
    sheet = rows("ID,Probability,Delay (days),", ",,Min,Max")
    sheet.merges = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3)]
    assert find_header(sheet).texts == ["ID", "Probability", "Delay (days) / Min", "Delay (days) / Max"]


def test_a_sheet_without_headings_has_none():
    assert find_header(rows("a,b", "c,d")) is None
