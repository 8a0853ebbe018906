"""The page as it is loaded: controls of a plan in groups, and places for the answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from riskengine.pages.page import environment, inside_of
from riskengine.pages.speaker import Speaker


@dataclass(frozen=True)
class FormField:
    """One control.

    Parameters
    ----------
    key : str
        As requests name it; goes into the page as it is, and is no text of a scenario.
    kind : str
        ``switch``, ``share``, ``number``, ``points`` or ``day``.
    label : str
    values : sequence of bool, float or str
        What the plan says: three numbers of points, else one.
    most : float
        End of the slider of a number; 0 for none.
    step : float
        Of the slider.
    """

    key: str
    kind: str
    label: str
    values: Sequence[bool | float | str]
    most: float = 0.0
    step: float = 0.0


@dataclass(frozen=True)
class FormEntry:
    """A risk, a task, an action or a gate: id, name, and its controls."""

    id: str
    name: str
    fields: Sequence[FormField]


@dataclass(frozen=True)
class FormGroup:
    """Entries of one kind.

    Parameters
    ----------
    key : str
        ``risks``, ``actions``, ``tasks``, ``gates`` or ``plan``.
    entries : sequence of FormEntry
    left_out : int
        How many more there are that are not listed.
    """

    key: str
    entries: Sequence[FormEntry]
    left_out: int = 0


@dataclass(frozen=True)
class Form:
    """All that the page is made from.

    Parameters
    ----------
    name, file : str
        Of the plan.
    groups : sequence of FormGroup
    people : sequence of str
        Who can be away: resources, owners and teams that have unfinished tasks.
    iterations : int
    version : str
        Of riskengine.
    overlay_name : str
        What the file is called that the page hands out.
    first_day : str
        From which days are offered for absences.
    targets : sequence of str
        Whose finish can be drawn: the project, then tasks.
    target : int
        Row of the one that is drawn at first.
    """

    name: str
    file: str
    groups: Sequence[FormGroup]
    people: Sequence[str]
    iterations: int
    version: str
    overlay_name: str
    first_day: str
    targets: Sequence[str]
    target: int


def render_form(form: Form, page: Speaker) -> str:
    """Return the page; style and script are asked for at the same place."""
    return environment().get_template("what_if.html").render(page=page, form=form).lstrip()


def style_sheet() -> str:
    """Return the style of the page: that of the report, with what controls need."""
    return f"{inside_of('style.css')}\n{inside_of('what_if.css')}\n"


def script() -> str:
    """Return the script of the page."""
    return f"{inside_of('what_if.js')}\n"
