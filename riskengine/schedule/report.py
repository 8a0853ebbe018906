"""What `check` knows of a schedule besides its faults: findings, the handshake, the health."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from riskengine.schedule.handshake.compare import Handshake
    from riskengine.schedule.health.examine import HealthAssessment
    from riskengine.schedule.health.finding import Finding


@dataclass(frozen=True, slots=True)
class ScheduleReport:
    """A schedule with all uncertainty off, looked at from both sides.

    Parameters
    ----------
    findings : tuple of Finding
        In the order of the codes.
    handshake : Handshake or None
        None where no task has stored dates, they cannot be compared, or no dates were computed.
    health : HealthAssessment or None
        None where it was not asked for.
    not_compared : str or None
        Why a schedule with stored dates has no handshake.
    """

    findings: "tuple[Finding, ...]"
    handshake: "Handshake | None" = None
    health: "HealthAssessment | None" = None
    not_compared: str | None = None

    @property
    def warnings(self) -> int:
        """How many findings would mislead a risk run."""
        return sum(finding.level == "warning" for finding in self.findings)

    def is_handshake_kept(self, least: float) -> bool:
        """Whether the handshake agrees on at least so many percent of the early starts."""
        return self.handshake is not None and self.handshake.is_kept(least)
