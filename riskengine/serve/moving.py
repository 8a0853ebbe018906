"""A risk that is moved by a slider: its chance or its switch, put into a scenario without reading all of it again."""

from collections.abc import Mapping

from riskengine.api.scenario import Scenario
from riskengine.serve.controls import Control


def is_plain(base: Scenario, control: Control, value: object) -> bool:
    """Return whether a change is the chance or the switch of a risk, and sound whatever else is changed.

    Notes
    -----
    The reader holds a chance against those of exclusive risks, against what correlations can be had with it, and
    against actions that multiply it; where there are none of these, any share is sound.
    """
    section, *rest = control.place
    if section != "risks" or rest[1:] not in (["active"], ["probability"]) or base.exclusive or base.correlations:
        return False
    for action in base.actions.values():
        effect = action.effects.get(str(rest[0]))
        if effect is not None and (effect.probability_factor or 0.0) > 1:
            return False
    return isinstance(value, bool) or (isinstance(value, int | float) and 0 <= value <= 1)


def with_plain(scenario: Scenario, changes: Mapping[Control, object]) -> Scenario:
    """Return a scenario whose risks have other chances and switches: what the reader makes of the same changes."""
    if not changes:
        return scenario
    risks = dict(scenario.risks)
    for control, value in changes.items():
        _, name, field = map(str, control.place)
        plain = float(value) if isinstance(value, int) and not isinstance(value, bool) else value
        risks[name] = risks[name].model_copy(update={field: plain})
    return scenario.model_copy(update={"risks": risks})
