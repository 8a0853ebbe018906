"""What the text of an MPX file shows that MPXJ does not pass on: whether its dates have times, and where it ends.

References
----------
Microsoft (1998), File Format for Microsoft Project Exchange (MPX), versions 3.0 and 4.0.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from riskengine.errors import ScenarioError
from riskengine.errors.counting import counted
from riskengine.importers.xml.stream import fault

TIME_AFTER_DATE = re.compile(r"\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4}\s+(\d{1,2})[:.](\d\d)(?::\d\d)?\s*([ap]m?)?", re.I)
RECORDS_OF_TASKS = ("70", "30")
NOON = 12


@dataclass(frozen=True)
class MpxText:
    """What is seen of an MPX file without reading it.

    Parameters
    ----------
    has_midnights : bool
        Whether any date is written with the time 0:00, so that a midnight is meant.
    has_end_of_line : bool
        Whether the last line is a whole one.
    tasks : int
        Records of tasks.
    """

    has_midnights: bool
    has_end_of_line: bool
    tasks: int

    def notes(self) -> list[str]:
        """Return what must be said of the end of the file."""
        tasks = counted(self.tasks, "task was", "tasks were")
        notes = [f"an MPX file has no end mark, so that one that was cut looks whole: {tasks} in this one"]
        if not self.has_end_of_line:
            notes.append("the last line of the MPX file has no end: the file may be cut")
        return notes


def look_at_mpx(path: Path, file: str) -> MpxText:
    """Look at the lines of an MPX file.

    Raises
    ------
    ScenarioError
        Where it cannot be opened.
    """
    has_midnights, tasks, last = False, 0, b""
    try:
        with path.open("rb") as stream:
            for last in stream:
                text = last.decode("latin-1")
                number = text.lstrip().partition(",")[0].partition(";")[0].strip().strip('"')
                if number not in RECORDS_OF_TASKS:
                    continue
                tasks += number == RECORDS_OF_TASKS[0]
                has_midnights = has_midnights or any(is_midnight(*match) for match in TIME_AFTER_DATE.findall(text))
    except OSError as error:
        raise ScenarioError([fault("RE849", error.strerror or str(error), file)]) from None
    return MpxText(has_midnights, last.endswith((b"\n", b"\r", b"\x1a")), tasks)


def is_midnight(hour: str, minute: str, half: str) -> bool:
    """Whether a time of day is 0:00, which is 12:00 am where days have halves."""
    value = int(hour) % NOON if half else int(hour)
    return value == 0 and int(minute) == 0 and not half.lower().startswith("p")
