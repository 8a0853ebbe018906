"""What imports of every kind refuse alike: files that are there, and what no command would take as a scenario."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from riskengine.errors import Issue, ScenarioError

OR_FORCE: Final = "write elsewhere, or say --force"
"""What to do about a file that is there."""


def refusal_of_import(issues: "list[Issue]", source: Path) -> "ScenarioError":
    """Return the refusal of what was made of a source, led by how many faults it has as a scenario."""
    from riskengine.errors import Issue, ScenarioError
    from riskengine.errors.catalogue import CATALOGUE
    from riskengine.errors.counting import counted

    value = counted(len(issues), "fault")
    first = Issue("RE818", "", CATALOGUE["RE818"].rule, value, str(source), cure="the faults follow")
    return ScenarioError([first, *issues])
