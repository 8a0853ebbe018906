"""Two threats and an opportunity, each measured by runs without it."""

from tests.replication.model import Model
from tests.replication.three_risks import three_risks


def build() -> Model:
    """Paired contributions."""
    return three_risks(is_paired=True)
