"""Reading what the elements of the work breakdown structure are called."""

from collections.abc import Mapping
from typing import Any

from riskengine.model.fields import LONGEST_NAME
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.values.fields import Fields, is_text

TABLE = "wbs"


def read_wbs_names(document: Mapping[str, Any], faults: Faults) -> dict[str, str]:
    """Return the names of WBS elements by their dotted codes, sorted by code."""
    table = Fields(document, (), faults, document).table(TABLE)
    return {
        code: name
        for code, name in sorted(table.items())
        if is_text(code, (TABLE, code), faults, LONGEST_NAME) and is_text(name, (TABLE, code), faults, LONGEST_NAME)
    }
