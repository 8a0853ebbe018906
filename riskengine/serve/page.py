"""A plan as a page: what is loaded, and what is sent for each request, as plain values."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property, wraps
from pathlib import Path
from typing import Any

from riskengine.api.scenario import Scenario
from riskengine.errors import RiskengineError
from riskengine.pages.language import Language
from riskengine.pages.speaker import Speaker
from riskengine.pages.what_if.answer import brief, render_answer, status
from riskengine.pages.what_if.changes import Changed, changes_list
from riskengine.pages.what_if.compared import WhatIfPage
from riskengine.pages.what_if.drivers import render_drivers
from riskengine.pages.what_if.form import Form, render_form
from riskengine.report.text.notation import clean
from riskengine.scenario.differences import differences
from riskengine.serve.form import groups_of, people_of
from riskengine.serve.overlay import overlay, overlay_name
from riskengine.serve.what_if import Fault, FaultyWishError, WhatIf
from riskengine.serve.wish import Wish, wish_of

Document = dict[str, Any]


@dataclass(frozen=True)
class Words(Speaker):
    """What speaks on a page that shows no run."""

    language: Language


def with_faults(document_of: Callable[["ServedPlan", Wish], Document]) -> Callable[["ServedPlan", Wish], Document]:
    """Return what makes a document for a wish, or one that says the faults of what is asked for."""

    @wraps(document_of)
    def document_or_faults(plan: "ServedPlan", wish: Wish) -> Document:
        try:
            return {"number": wish.number, **document_of(plan, wish)}
        except FaultyWishError as error:
            faults = error.faults
        except RiskengineError as error:
            faults = (Fault("", clean(error)),)
        return {"number": wish.number, "faults": [asdict(each) for each in faults]}

    return document_or_faults


@dataclass(frozen=True)
class ServedPlan:
    """A plan that is served.

    Parameters
    ----------
    what_if : WhatIf
    file : Path
        Of the plan.
    language : Language
    version : str
        Of riskengine.
    """

    what_if: WhatIf
    file: Path
    language: Language
    version: str

    def wish(self, body: bytes) -> Wish:
        """Return what a request asks for.

        Raises
        ------
        UsageError
        """
        return wish_of(body, self.what_if.controls, len(self.what_if.targets))

    def form(self) -> str:
        """Return the page as it is loaded."""
        base = self.what_if.base
        form = Form(
            name=base.name,
            file=self.file.name,
            groups=groups_of(self.what_if.movables, self.language, self.critical()),
            people=people_of(base),
            iterations=self.what_if.options.iterations,
            version=self.version,
            overlay_name=overlay_name(self.file),
            first_day=base.start.date().isoformat(),
            targets=self.what_if.targets,
            target=self.first_target(),
        )
        return render_form(form, self.words)

    @cached_property
    def words(self) -> Words:
        """What speaks where no run is shown."""
        return Words(self.language)

    def first_target(self) -> int:
        """Return the row of the target that is drawn at first: that of the first gate that asks for a date."""
        of_gates = [gate.target for gate in self.what_if.base.gates.values() if gate.finish is not None]
        return self.what_if.targets.index(of_gates[0]) if of_gates and "project" not in of_gates else 0

    def critical(self) -> Sequence[str]:
        """Return the tasks by how often they are on the longest path, the most frequent first."""
        tasks = self.what_if.base_sample(self.what_if.options.iterations).tasks
        counts = tasks.criticality_count[0].tolist()
        return [name for _, name in sorted(zip([-count for count in counts], tasks.id, strict=True))]

    @with_faults
    def answer(self, wish: Wish) -> Document:
        """Return what is redrawn."""
        made = self.what_if.answer(wish)
        target = self.what_if.targets[wish.target]
        page = WhatIfPage(self.language, made.before, made.after, made.result, is_narrow=wish.is_narrow, target=target)
        parts = render_answer(page)
        whole = made.after.iterations == self.what_if.options.iterations
        key = "what_if.count" if whole else "what_if.count_moving"
        document: Document = {
            "parts": parts,
            "iterations": made.after.iterations,
            "count": brief(page, self.language.say(key, iterations=self.language.count(made.after.iterations))),
        }
        if not wish.is_moving:
            document["status"] = status(page)
            parts["changes"] = changes_list(self.changes(made.scenario), page)
        return document

    @with_faults
    def drivers(self, wish: Wish) -> Document:
        """Return the picture of what moves the finish most."""
        swings = self.what_if.drivers(wish)
        return {"parts": {"drivers": render_drivers(self.words, swings, wish.is_narrow)}}

    def changes(self, scenario: Scenario) -> list[Changed]:
        """Return what a scenario says otherwise than the plan."""
        return [
            Changed(f"{each.section} {each.id}".strip(), each.field, each.before_text, each.after_text)
            for each in differences(self.what_if.base, scenario)
        ]

    @with_faults
    def overlay(self, wish: Wish) -> Document:
        """Return the scenario file that says what was changed."""
        changes = self.what_if.changes_of(wish)
        self.what_if.varied(wish)
        return {"text": overlay(changes, self.file)}
