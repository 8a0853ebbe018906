"""Collecting every fault of a document, so that all of them are told at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from functools import partial
from heapq import nlargest
from typing import Final

from riskengine.errors import Issue, shortened
from riskengine.errors.catalogue import CATALOGUE
from riskengine.scenario.text.paths import Place

MOST = 10_000
"""Faults kept; a file with more is damaged as a whole."""

COMPARISONS: Final = 400_000
"""Names looked at for suggestions, over a whole document."""

MOST_COMPARED: Final = 100
LONGEST_COMPARED: Final = 60

SHORTEST_BEGINNING: Final = 3
"""Characters that a word must have to be taken for the beginning of another."""

LONGEST_RULE: Final = 5000
LONGEST_CURE: Final = 300
"""Characters: a circle of twenty ids is spelled out, a file that is all one word is not."""

NEEDS_ONE_OF: Final = frozenset({"RE401", "RE402", "RE407", "RE425", "RE431"})
"""What is said at a table that lacks one of several keys, or one that has a code of its own."""

NOTHING: Final = object()


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault at a place of the document; the file and line are found afterwards unless they are known already.

    ``path`` names the place where it is none of a document, such as a cell of a register.
    """

    code: str
    place: Place
    rule: str
    value: str
    cure: str
    file: str
    line: int | None
    path: str = ""
    excerpt: str = ""


class Faults:
    """The faults found so far."""

    def __init__(self) -> None:
        self.all: list[Fault] = []
        self._comparisons = COMPARISONS
        self._silent: set[Place] = set()
        self._muted: set[str] = set()
        self._meant: set[Place] = set()
        self.backlogs: frozenset[str] = frozenset()
        """Tasks that a file has among its backlogs, where their faults are told."""

    def mute(self, codes: Iterable[str]) -> None:
        """Leave out further faults of some codes: they would follow from what has been told."""
        self._muted.update(codes)

    def silence(self, place: Place) -> None:
        """Leave out further faults at a place and below: what is wrong there has been told."""
        self._silent.add(place)

    def spelt_otherwise(self, place: Place) -> None:
        """Leave out that a key is missing at a place: it is there under another name, which has been told."""
        self._meant.add(self._place_of(place))

    def _place_of(self, place: Place) -> Place:
        """Return where a file says what a backlog says as a task."""
        if self.backlogs and place[:1] == ("tasks",) and place[1:2] and place[1] in self.backlogs:
            return ("backlogs", *place[1:])
        return place

    def _is_there_under_another_name(self, code: str, place: Place) -> bool:
        if place in self._meant:
            return True
        return code in NEEDS_ONE_OF and any(each[:-1] == place for each in self._meant)

    def add(
        self,
        code: str,
        place: Place,
        value: object = NOTHING,
        *,
        rule: str = "",
        cure: str = "",
        file: str = "",
        line: int | None = None,
        excerpt: str = "",
    ) -> None:
        """Note a fault; the rule is the catalogue's unless a sharper one is given."""
        if code in self._muted:
            return
        place = self._place_of(place)
        if value is NOTHING and self._meant and self._is_there_under_another_name(code, place):
            return
        if self._silent and any(place[:length] in self._silent for length in range(1, len(place) + 1)):
            return
        if len(self.all) < MOST:
            text = "" if value is NOTHING else shortened(value_text(value))
            rule = shortened(rule or CATALOGUE[code].rule, LONGEST_RULE)
            cure = shortened(cure, LONGEST_CURE)
            self.all.append(Fault(code, place, rule, text, cure=cure, file=file, line=line, excerpt=excerpt))

    def take(self, issues: Iterable[Issue]) -> None:
        """Note faults that were found in a file which is no document, each with its line."""
        for issue in issues:
            if len(self.all) < MOST:
                self.all.append(
                    Fault(
                        issue.code,
                        (),
                        issue.rule,
                        issue.value,
                        cure=issue.cure,
                        file=issue.file,
                        line=issue.line or 1,
                        path=issue.path,
                        excerpt=issue.excerpt,
                    )
                )

    def near(self, word: str, candidates: Iterable[str]) -> str:
        """Return ``did you mean "..."?`` where a known word is close to `word`, else nothing; see :meth:`nearest`."""
        nearest = self.nearest(word, candidates)
        return f'did you mean "{nearest}"?' if nearest else ""

    def nearest(self, word: str, candidates: Iterable[str]) -> str:
        """Return the known word that is close to `word`, or nothing.

        Of many known words only those that begin most alike are compared in full, which takes time. Candidates that
        have to be put together first are best given as an iterator: a large file with many faults asks in vain.
        """
        # Looked at first: a hundred thousand words are not to be gone through for each of as many faults in vain.
        if self._comparisons <= 0 or len(word) > LONGEST_COMPARED or len(self.all) >= MOST:
            return ""
        words = {other.casefold(): other for other in candidates if isinstance(other, str)}
        self._comparisons -= len(words)
        if self._comparisons < 0:
            return ""
        folded = word.casefold()
        alike = words if len(words) <= MOST_COMPARED else nlargest(MOST_COMPARED, words, partial(likeness, folded))
        close = get_close_matches(folded, alike, n=1, cutoff=0.6)
        if not close and len(folded) >= SHORTEST_BEGINNING:  # an abbreviation: "dur" of "duration"
            begun = [other for other in alike if other.startswith(folded)]
            close = begun if len(begun) == 1 else []
        return words[close[0]] if close else ""


def likeness(word: str, other: str) -> tuple[int, int]:
    """Return how many characters two words begin with in common, and how little their lengths differ."""
    for index, (one, two) in enumerate(zip(word, other, strict=False)):
        if one != two:
            return index, -abs(len(word) - len(other))
    return min(len(word), len(other)), -abs(len(word) - len(other))


def value_text(value: object) -> str:
    """Return a value as a person would write it in the file."""
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, int):
        return str(value) if abs(value) < 10**40 else "a very large number"
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return "a list of tables"
    if isinstance(value, list | tuple):
        return ", ".join(value_text(item) for item in value[:20]) if value else "an empty list"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return "null" if value is None else type(value).__name__
