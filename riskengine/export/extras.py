"""Libraries that not every installation has."""

import importlib.util

from riskengine.errors import MachineError


def require(library: str) -> None:
    """Refuse a format whose library is not installed, naming the command that brings it."""
    if importlib.util.find_spec(library) is None:
        raise MachineError(f"{library} is not installed", "RE726", "run pip install '.[bi]' in riskengine's own folder")
