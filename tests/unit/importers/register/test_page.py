"""docs/importing.md says what registers are taken for: its examples are read."""

import re

import pytest

from riskengine.errors.catalogue import CATALOGUE
from riskengine.importers.ranges.template_file import read_ranges
from riskengine.importers.register.impacts import STEPS
from riskengine.importers.register.probabilities import CERTAIN_PERCENT
from riskengine.importers.sheets import process as workbook_process
from riskengine.scenario.tables.heading_row import MOST_ABOVE
from riskengine.scenario.tables.sheets import MOST_COLUMNS, MOST_ROWS
from tests.support.places import ROOT
from tests.unit.importers.register.registers import TASKS, faults, read_text, risks

PAGE = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")
SECTION = PAGE[PAGE.index("## Risk registers") :]
MAPPING, RANGES = re.findall(r"^```toml\n(.*?)^```", SECTION, re.MULTILINE | re.DOTALL)[:2]
(REGISTER,) = re.findall(r"^```csv\n(.*?)^```", SECTION, re.MULTILINE | re.DOTALL)


def test_the_example_is_refused_for_the_one_word_that_the_page_names():
    assert faults(REGISTER, MAPPING) == [("RE864", "K3 Status")]


def test_the_example_is_read_once_the_word_is_explained():
    mapping = MAPPING.replace("[status]\n", '[status]\nWatching = "open"\n')
    found = risks(REGISTER, mapping)
    assert [risk["probability"] for risk in found.values()] == [0.3, 0.1]
    delay = {"shape": "triangular", "low": 4, "most_likely": 6, "high": 12, "unit": "w"}
    cost = {"shape": "triangular", "low": 10000, "most_likely": 50000, "high": 200000}
    assert found["R-2"]["impacts"] == {"B100": {"delay": delay}, "B110": {"delay": delay}, "project": {"cost": cost}}
    after = read_text(REGISTER, mapping, "post").risks
    assert [risk.probability for risk in after] == [0.1, 0.1]
    assert after[0].impacts["B100"]["cost"]["value"] == 5000


def test_the_example_of_ranges_is_sound(tmp_path):
    (tmp_path / "ranges.toml").write_text(RANGES)
    assert sorted(read_ranges(tmp_path / "ranges.toml")["templates"]) == ["commissioning", "critical", "others"]


@pytest.mark.parametrize(
    "words",
    [
        f"among the first {MOST_ABOVE} rows",
        f"become {STEPS} equally likely values",
        f"{MOST_ROWS:,} rows and {MOST_COLUMNS} columns at most".replace(",", " "),
        f"{workbook_process.MEMORY // 10**6} MB of memory and {workbook_process.SECONDS} s of time",
        f"go beyond {CERTAIN_PERCENT:.0f} and nowhere beyond 100",
    ],
)
def test_numbers_of_the_page_are_those_of_the_reader(words):
    assert words in re.sub(r"\s+", " ", PAGE)


EXAMPLES = [code for code, entry in CATALOGUE.items() if "RE850" <= code <= "RE871" and entry.example.startswith("ID,")]


@pytest.mark.parametrize("code", EXAMPLES)
def test_an_example_of_the_catalogue_has_the_fault_it_is_an_example_of(code):
    example = CATALOGUE[code].example
    rows = "" if "\n" in example else "\n" + ",".join(["R1", *["30%"] * example.count(",")])
    assert code in {found for found, _ in faults(example + rows + "\n", tasks=TASKS)}


def test_most_codes_of_registers_have_an_example_that_is_read():
    assert len(EXAMPLES) >= 13
