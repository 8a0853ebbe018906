"""A scenario that can be changed, and that knows whether it is still what the reader checked."""

from collections.abc import Iterator, Mapping, Sized
from operator import is_
from pathlib import Path
from typing import Any

from pydantic import PrivateAttr

from riskengine import model
from riskengine.api.asking import path_argument, wrong_argument
from riskengine.api.plan_memory import PlanMemory
from riskengine.errors.counting import counted
from riskengine.reading import hooks
from riskengine.report.text.notation import short_name
from riskengine.scenario import Reading, changed, digest, dumps, reading_of

NAME = "scenario"
"""What faults call a scenario in memory; a text has the end of its kind behind it."""
KEYED_WITHIN = ("resources", "impacts", "effects", "exceptions")
"""Fields of entities that are tables themselves."""
VERSION = 1
"""Of the format, for scenarios that are built by name of their keys."""


class Scenario(model.Scenario):
    """A project's plan, its uncertainty, its risks and its gates, with every default filled in.

    ``read`` returns one. It is built in code from what a file would say, and refused for the same faults::

        riskengine.Scenario(
            name="Stand",
            start="2027-03-01",
            tasks={"design": {"duration": [5, 8, 15]}, "build": {"duration": "12d", "after": ["design"]}},
        )

    Fields are those of :class:`riskengine.model.Scenario`: ``tasks``, ``risks``, ``gates`` and others by id. Nothing in
    it is to be altered: ``changed`` gives another one. A copy that was altered all the same (``model_copy``, a task
    taken out of ``tasks``) is checked again before it is simulated.

    Parameters
    ----------
    **document
        The keys of a scenario file at its top, such as ``name``, ``start``, ``tasks``; docs/scenario-format.md has them
        all. Values are what a file says, or models of :mod:`riskengine.model`. ``schema`` may be left out.

    Raises
    ------
    riskengine.ScenarioError
        With every fault in ``.issues``, each with its code and path.
    """

    _reading: Reading = PrivateAttr()
    _checked: tuple[object, ...] = PrivateAttr(default=())
    _plans: PlanMemory = PrivateAttr(default_factory=PlanMemory)

    def __init__(self, /, **document: Any) -> None:
        keys = document if "schema" in document else {"schema": VERSION, **document}
        take_over(self, reading_of(Path(NAME), keys, has_folder=False, hooks=hooks()))

    def changed(self, changes: Mapping[str, object]) -> "Scenario":
        """Return the scenario with something changed, checked as a file is.

        Parameters
        ----------
        changes : mapping of str to object
            Dotted path to what a file would say there: ``{"risks.R1.probability": 0.2, "tasks.build.duration":
            [1, 2, 4]}``. A table at an id is laid over what is there (``{"tasks.paint": {"duration": "3d"}}`` adds a
            task or changes one), an estimate or a list is replaced whole, and a path may lead into it
            (``tasks.build.duration.high``, ``tasks.build.after[0]``). None takes out what is there. Ids with a point
            stand in quotes: ``tasks."A.1".duration``. Changes are made in their order.

        Returns
        -------
        Scenario
            What a file gives that extends this scenario's and says the changes: defaults, range templates and
            random streams are those of the first file. This scenario stays as it is.

        Raises
        ------
        riskengine.ScenarioError
            With every fault in ``.issues``, those of what was changed under the file name ``changes``; a path that
            names nothing is RE921 with what is spelt alike.

        Notes
        -----
        A risk's draws depend on its id, the seed and the project, so that variants share their random numbers.
        """
        if not isinstance(changes, Mapping):
            raise wrong_argument("changes", "must be a mapping from paths to values", changes)
        made = scenario_of(changed(checked(self)._reading, changes, hooks()))
        made._plans = self._plans
        return made

    def absent(self, *absences: str) -> "Scenario":
        """Return the scenario with some people away, to be compared with this one.

        Parameters
        ----------
        *absences : str
            Each as ``"ana 2027-05-03..2027-05-24"``: a resource, an owner or a team, and the first and the last day on
            which nobody works on its unfinished tasks.

        Returns
        -------
        Scenario

        Raises
        ------
        riskengine.UsageError
            If an absence is written otherwise, or is that of nobody who has an unfinished task.
        """
        from riskengine.api.absence import absence_of, changes_of

        made = self
        for number, text in enumerate(absences, 1):
            made = made.changed(changes_of(made, absence_of(text), number))
        return made

    @property
    def hints(self) -> tuple[str, ...]:
        """What was assumed while the scenario was read, one sentence each."""
        return self._reading.hints

    @property
    def digest(self) -> str:
        """SHA-256 of the resolved form, which names the runs of the scenario."""
        return digest(checked(self))

    def to_json(self) -> str:
        """Return the resolved form, every default written out, as ``riskengine resolve`` prints it."""
        return dumps(checked(self))

    def __eq__(self, other: object) -> bool:
        """Whether another scenario has the same fields; from what either was read does not matter."""
        return isinstance(other, model.Scenario) and fields_of(self) == fields_of(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Return name and size on one line."""
        name = short_name(self.name)
        counts = (("task", self.tasks), ("risk", self.risks), ("gate", self.gates))
        return f'<Scenario "{name}": {", ".join(counted(size_of(entities), noun) for noun, entities in counts)}>'

    __str__ = __repr__


def size_of(entities: object) -> int:
    """Return how many entities a table holds; none where an altered scenario has no such table at all."""
    return len(entities) if isinstance(entities, Sized) else 0


def read(source: object, folder: object = None) -> Scenario:
    """Return the scenario of a path, a text, a mapping or a model; see :func:`riskengine.read`."""
    if isinstance(source, model.Scenario):
        return checked(source)
    beside = None if folder is None else path_argument("folder", folder)
    if isinstance(source, Mapping):
        return in_memory(source, NAME, beside)
    if isinstance(source, str) and is_text(source):
        return in_memory(
            source, f"{NAME}.json" if source.lstrip("\ufeff \t\r\n")[:1] == "{" else f"{NAME}.toml", beside
        )
    if beside is not None:
        raise wrong_argument("folder", "is for texts and mappings: a file lies in its own", str(beside))
    return scenario_of(reading_of(path_argument("source", source), hooks=hooks()))


def is_text(source: str) -> bool:
    """Return whether a text is a document and not a path: it has several lines, or begins with a brace."""
    return "\n" in source or "\r" in source or source.lstrip("\ufeff \t")[:1] == "{"


def in_memory(content: str | Mapping[str, Any] | model.Scenario, name: str, folder: Path | None) -> Scenario:
    """Return the scenario of a text or a mapping whose files lie in a folder."""
    path = Path(name) if folder is None else folder / name
    return scenario_of(reading_of(path, content, has_folder=folder is not None, hooks=hooks()))


def checked(scenario: model.Scenario) -> Scenario:
    """Return a scenario as the reader made it: itself, or what its resolved form says where it was altered."""
    if isinstance(scenario, Scenario) and is_as_read(scenario):
        return scenario
    return in_memory(scenario, NAME, None)


def is_as_read(scenario: Scenario) -> bool:
    """Return whether nothing of a scenario was replaced since the reader made it."""
    now = tuple(parts_of(scenario))
    return len(now) == len(scenario._checked) and all(map(is_, now, scenario._checked))


def resolved_as_read(scenario: Scenario) -> str:
    """Return the resolved form of a scenario as the reader made it, whatever was replaced in it since."""
    return dumps(scenario if is_as_read(scenario) else changed(scenario._reading, {}, hooks()).scenario)


def scenario_of(reading: Reading) -> Scenario:
    """Return the scenario of what was read."""
    made = Scenario.__new__(Scenario)
    take_over(made, reading)
    return made


def take_over(scenario: Scenario, reading: Reading) -> None:
    """Give a scenario the fields of what was read, and what it can be read from again."""
    values = fields_of(reading.scenario)
    object.__setattr__(scenario, "__dict__", values)
    object.__setattr__(scenario, "__pydantic_fields_set__", set(values))
    object.__setattr__(scenario, "__pydantic_extra__", None)
    object.__setattr__(scenario, "__pydantic_private__", {"_reading": reading, "_checked": (), "_plans": PlanMemory()})
    scenario._checked = tuple(parts_of(scenario))


def fields_of(scenario: model.Scenario) -> dict[str, Any]:
    """Return the fields of a scenario, those included that its class does not declare."""
    return dict(scenario.__dict__)


def parts_of(scenario: model.Scenario) -> Iterator[object]:
    """Yield everything that can be replaced in a scenario: its fields, entities, and what is keyed within these."""
    for name, value in scenario.__dict__.items():
        yield name
        if not isinstance(value, dict):
            yield value
            continue
        for key, entity in value.items():
            yield key
            yield entity
            fields = getattr(entity, "__dict__", {})
            for within in KEYED_WITHIN:
                table = fields.get(within)
                if isinstance(table, dict):
                    yield from table
                    yield from table.values()
