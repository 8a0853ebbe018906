"""What an impact acts on, and from which stream it is drawn."""

from dataclasses import dataclass

from riskengine.model import Risk
from riskengine.model.risk import FACTORS


@dataclass(frozen=True)
class FactorUse:
    """A factor that acts on a task; group -1 multiplies in series."""

    target: int
    factor: int
    group: int


def is_shared(risk: Risk, kind: str) -> bool:
    """Return whether a risk's impacts of one kind share one draw: factors do, delays and costs do not, by default."""
    return risk.impact_sampling == "shared" or (risk.impact_sampling == "default" and kind in FACTORS)


def stream_name(risk: Risk, task: str, kind: str) -> str:
    """Return the name of an impact's stream."""
    return f"risk/{risk.id}/impact/{kind}" if is_shared(risk, kind) else f"risk/{risk.id}/impact/{task}/{kind}"
