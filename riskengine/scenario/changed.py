"""A scenario with something changed: the same document, the same reader, the same faults."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from riskengine.errors import Issue, ScenarioError
from riskengine.model.garbage import no_search_for_garbage
from riskengine.scenario.document.changes import CHANGES, ChangedPlaces, Changer, place_of
from riskengine.scenario.document.document import Document
from riskengine.scenario.from_python import plain_document
from riskengine.scenario.hooks import NO_HOOKS, Hooks
from riskengine.scenario.read import Reading, finished
from riskengine.scenario.resolve import resolve
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place


@no_search_for_garbage()
def changed(reading: Reading, changes: Mapping[str, object], hooks: Hooks = NO_HOOKS) -> Reading:
    """Return a scenario as a file would give it that extends the one it was read from and says the changes.

    Parameters
    ----------
    reading : Reading
    changes : mapping of str to object
        Dotted path to what a file would say there, or None for what is to be taken out; one after the other.
    hooks : Hooks
        As for :func:`riskengine.scenario.read`.

    Raises
    ------
    ScenarioError
        With every fault, in ``changes`` those of what was changed.
    """
    faults, before = Faults(), reading.document
    assert before.data is not None
    changer = Changer(before.data, cache(lambda: resolve(reading.scenario)), faults)
    changed_places: set[Place] = set()
    for path, value in changes.items():
        place = place_of(path) if isinstance(path, str) else ()
        if not place:
            faults.add("RE921", (), path, rule="a change must be at a path such as tasks.design.duration", file=CHANGES)
            continue
        changed_places.add(place)
        count = len(faults.all)
        plain = plain_document(value, faults, place)
        if len(faults.all) == count:
            changer.change(place, plain)
    earlier = [source for source in before.sources if isinstance(source, ChangedPlaces)]
    places = frozenset(changed_places).union(*(source.places for source in earlier))
    files = [source for source in before.sources if not isinstance(source, ChangedPlaces)]
    root = before.data if before.root is None else before.root
    document = Document(changer.document, before.project, root, [ChangedPlaces(places), *files])
    try:
        return finished(document, CHANGES, faults, hooks, [])
    except ScenarioError as error:
        raise ScenarioError(without_line(issue) for issue in error.issues) from None


def without_line(issue: Issue) -> Issue:
    """Return a fault without a line where changes have none."""
    return replace(issue, line=None) if issue.file == CHANGES else issue
