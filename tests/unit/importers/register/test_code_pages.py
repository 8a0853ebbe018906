"""Code pages of CSV registers: told by their letters as for XER, with what was guessed said; the mapping settles it."""

import pytest

from tests.unit.code_pages.test_guess import NAMES
from tests.unit.importers.register.registers import faults, issues, read_text, risks

HEAD = "ID{0}Title{0}Probability{0}Delay (days)\n"


def register(names, separator):
    """A register with a risk for each name."""
    lines = [f"R{number}{separator}{name}{separator}30%{separator}5\n" for number, name in enumerate(names)]
    return HEAD.format(separator) + "".join(lines)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("language", ["Polish", "Czech", "Russian", "German", "French", "Greek", "Japanese", "Korean"])
def test_names_come_out_as_a_person_wrote_them(language, separator):
    page, names = NAMES[language]
    found = read_text(register(names.split("|"), separator).encode(page))
    assert [risk.name for risk in found.risks] == names.split("|")
    assert any("the encoding was taken for" in note and "% sure" in note for note in found.notes)


def test_the_mapping_names_a_page():
    raw = register(["Süß"], ",").encode("cp1252")
    assert risks(raw, 'encoding = "cp1250"\n')["R0"]["name"] == raw.decode("cp1250").splitlines()[1].split(",")[1]
    assert [code for code, _ in faults(raw, 'encoding = "utf-8"\n')] == ["RE871"]
    assert [code for code, _ in faults(raw, 'encoding = "klingon"\n')] == ["RE123"]


@pytest.mark.parametrize("damaged", [b"Gr\xc3\xb6\xc3\x9f\xe9", b"Gr\xc3\xb6\xc3"])
def test_utf_8_with_a_foreign_byte_is_no_code_page(damaged):
    raw = register(["Süß", "Maß", "X"], ",").encode().replace(b"X", damaged)
    (issue,) = issues(raw)
    assert (issue.code, issue.line) == ("RE871", 4)
    assert "must be UTF-8 throughout" in issue.rule
