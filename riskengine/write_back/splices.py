"""Changes of a text at places that do not overlap: all else stays as it is."""

from typing import AnyStr, Generic, NamedTuple


class Splice(NamedTuple, Generic[AnyStr]):
    """A piece of a text, and what stands in its place."""

    first: int
    end: int
    new: AnyStr


def spliced(text: AnyStr, splices: "list[Splice[AnyStr]]") -> AnyStr:
    """Return a text with its pieces replaced; what is inserted at one place stays in the order in which it is given."""
    pieces: list[AnyStr] = []
    place = 0
    for splice in sorted(splices, key=lambda one: (one.first, one.end)):
        pieces += [text[place : splice.first], splice.new]
        place = splice.end
    pieces.append(text[place:])
    return text[:0].join(pieces)
