"""The examples of the catalogue are wrong in the way they say."""

import pytest

from riskengine.errors.catalogue import CATALOGUE
from tests.support.scenario_text import HEAD, faults

TOML_CODES = [code for code in CATALOGUE if "RE105" <= code < "RE500"]
ELSEWHERE = {
    "RE327": "a thousand tasks",
    "RE330": "--strict",
    "RE448": "a run",
    "RE107": "JSON",
    "RE126": "a file that extends another",
    "RE109": "a line that is missing",
    "RE114": "abbreviated",
    "RE118": "seventeen files",
    **dict.fromkeys(("RE442", "RE443", "RE445", "RE446"), "files of projects"),
}
CSV_CODES = ["RE501", "RE502", "RE503", "RE504", "RE505", "RE506", "RE508", "RE509"]


def completed(example):
    """Return an example with what every scenario has, as far as it does not say so itself."""
    lines = [line.split("    #")[0] for line in example.splitlines()]
    text = "\n".join(lines) + "\n"
    keys = {line.split(" =")[0] for line in lines}
    head = "".join(f"{line}\n" for line in HEAD.splitlines() if line.split(" =")[0] not in keys)
    tail = "" if "tasks" in text else "\n[tasks.a]\nduration = 5\n"
    if "data_date" in keys:  # in place of the start, unless the example is about both
        head = HEAD if len(lines) == 1 else head.replace("start = 2027-03-01\n", "")
    return head, text + tail


@pytest.mark.parametrize("code", [code for code in TOML_CODES if code not in ELSEWHERE])
def test_an_example_in_toml_has_the_fault_it_is_an_example_of(code):
    head, text = completed(CATALOGUE[code].example)
    found = [found for found, _ in faults(text, head=head)]
    if code in ("RE116", "RE117"):  # the example names its own file
        text = text.replace("scenario.toml", "plan.toml")
        found = [found for found, _ in faults(text, head=head)]
    assert code in found
    assert len(found) <= 2


@pytest.mark.parametrize("code", CSV_CODES)
def test_an_example_of_a_table_has_the_fault_it_is_an_example_of(code):
    found = [found for found, _ in faults("tasks = 'tasks.csv'\n", tasks_csv=CATALOGUE[code].example + "\n")]
    assert code in found
