"""Changing a document at dotted paths, as a file would that extends it and says the change."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from riskengine.model.format import SECTIONS
from riskengine.scenario.document.merge import is_merged, laid_over, taken_out
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place, dotted

CHANGES: Final = "changes"
"""What faults in changed places call their file."""

OF_FILES: Final = ("schema", "extends", "remove", "tasks_file", "risks_file", "risks_mapping", "risks_position")
"""Keys that say how files are read, which has been done."""

PART: Final = re.compile(
    r"\s*(?:\"((?:\\.|[^\"\\])*)\"|'([^']*)'|([^.\"'\[\]\s](?:[^.\"'\[\]]*[^.\"'\[\]\s])?))((?:\[\d{1,9}\])*)\s*(\.|$)"
)


class ChangedPlaces:
    """Tells of a place whether a change has given it; such a place is in no line of a file.

    Parameters
    ----------
    places : frozenset of Place
    """

    file = CHANGES

    def __init__(self, places: frozenset[Place]) -> None:
        self.places = places

    def line(self, place: Place) -> int | None:
        """Return 1 for a place that was changed, or lies within one."""
        return 1 if any(place[:length] in self.places for length in range(1, len(place) + 1)) else None


def place_of(path: str) -> Place:
    """Return the place that a dotted path names, such as ``tasks.build.after[0]``, or nothing where it is no path."""
    place: list[str | int] = []
    position = 0
    while True:
        match = PART.match(path, position)
        if match is None:
            return ()
        basic, literal, bare, indices, end = match.groups()
        place.append(re.sub(r"\\(.)", r"\1", basic) if basic is not None else literal if literal is not None else bare)
        place += [int(digits) for digits in re.findall(r"\d+", indices)]
        position = match.end()
        if end == "":
            return tuple(place)


class Changer:
    """Changes a document, one path after the other; the document that was given stays as it is.

    Parameters
    ----------
    document : dict
        A merged document that was read without a fault.
    resolved : callable
        Returns the resolved form of the scenario, for parts that the document says in short or leaves to defaults.
    faults : Faults
        Where faults go.
    """

    def __init__(self, document: Mapping[str, Any], resolved: Callable[[], Mapping[str, Any]], faults: Faults) -> None:
        self.document = dict(document)
        self.resolved = resolved
        self.faults = faults

    def change(self, place: Place, value: object) -> None:
        """Put a value in a place, or take out what is there where the value is None."""
        length = next((at for at in range(1, len(place)) if not is_merged(place[:at])), len(place))
        whole, inner = place[:length], place[length:]
        if place[0] in OF_FILES:
            self.refuse(place, "must not be what says how files are read: they have been read")
        elif any(isinstance(key, int) for key in whole):
            self.refuse(place, "a table has no positions: its entries are named by their ids")
        elif self.has_entity(place, value):
            if inner:
                self.put_inside(whole, inner, value)
            elif value is None:
                self.take_out(keys(whole))
            else:
                self.document = laid_over(self.document, nested(whole, value))

    def refuse(self, place: Place, rule: str = "", cure: str = "") -> None:
        """Report a place that cannot be changed."""
        if not cure and place[0] not in self.document:
            cure = self.faults.near(str(place[0]), {*SECTIONS, *self.document, *self.resolved()})
        self.faults.add("RE921", place, rule=rule, cure=cure, file=CHANGES)

    def has_entity(self, place: Place, value: object) -> bool:
        """Return whether the entity is there whose field is changed; a built-in one is written out first."""
        head, *rest = place
        if head not in SECTIONS or not rest or (len(rest) == 1 and value is not None):
            return True
        section, key = str(head), rest[0]
        if key in self.entities(section):
            return True
        built_in = self.resolved().get(section, {}).get(key)
        if built_in is None or value is None:
            self.refuse(place, cure=self.meant(section, key, place))
            return False
        self.document = laid_over(self.document, {section: {key: built_in}})
        return True

    def entities(self, section: str) -> dict[str, Any]:
        """Return a section of the document, empty where an earlier change has made it something else."""
        entities = self.document.get(section)
        return entities if isinstance(entities, dict) else {}

    def meant(self, section: str, key: str | int, place: Place) -> str:
        """Return which id may be meant: one that has to stand in quotes, or one that is spelt alike."""
        ids = self.entities(section)
        rest = ".".join(map(str, place[1:]))
        quoted = [name for name in ids if "." in name and (rest == name or rest.startswith(f"{name}."))]
        if quoted:
            name = max(quoted, key=len)
            field = rest[len(name) + 1 :]
            return f"write {dotted((section, name))}{'.' + field if field else ''}"
        return self.faults.near(str(key), ids)

    def put_inside(self, whole: Place, inner: Place, value: object) -> None:
        """Replace an estimate or a list by a copy of it in which one value is another, or is gone."""
        for source in (self.document, self.resolved()):
            copy = replaced(value_at(source, whole), inner, value)
            if copy is not None:
                self.document = laid_over(self.document, nested(whole, copy))
                return
        self.refuse((*whole, *inner))

    def take_out(self, path: tuple[str, ...]) -> None:
        """Take an entry out of the document."""
        if value_at(self.document, path) is not None:
            self.document = taken_out(self.document, path)
            return
        beside = value_at(self.document, path[:-1])
        cure = self.faults.near(path[-1], beside) if isinstance(beside, dict) else ""
        self.refuse(path, "a change must take out something that the scenario says", cure)


def keys(place: Place) -> tuple[str, ...]:
    """Return a place that has no position in a list as keys."""
    return tuple(map(str, place))


def nested(place: Place, value: object) -> dict[str, Any]:
    """Return a document that says a value at a place, and nothing else."""
    document: Any = value
    for key in reversed(place):
        document = {key: document}
    return dict(document)


def value_at(document: Mapping[str, Any], place: Place) -> Any:
    """Return what a document says at a place, None where it says nothing."""
    here: Any = document
    for key in place:
        is_table = isinstance(here, Mapping)
        if not (key in here if is_table else isinstance(here, list) and isinstance(key, int) and key < len(here)):
            return None
        here = here[key]
    return here


def replaced(container: object, inner: Place, value: object) -> Any:
    """Return a copy of a table or list with the value at a place within it replaced, taken out where it is None.

    Returns
    -------
    object
        None where there is no such place. The last key of a table may be a new one.
    """
    key, *rest = inner
    is_there = value_at({"": container}, ("", key)) is not None
    if not is_there and (rest or value is None or not isinstance(container, dict) or not isinstance(key, str)):
        return None
    copy: Any = dict(container) if isinstance(container, dict) else list(container)  # type: ignore[call-overload]
    if rest:
        copy[key] = replaced(copy[key], tuple(rest), value)
        return None if copy[key] is None else copy
    if value is None:
        del copy[key]
    else:
        copy[key] = value
    return copy
