"""Two threats and an opportunity, measured by the iterations with and without an occurrence."""

from tests.replication.model import Model
from tests.replication.three_risks import three_risks


def build() -> Model:
    """Conditional contributions."""
    return three_risks(is_paired=False)
