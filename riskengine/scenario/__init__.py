"""Documents to models: reading, merging, checking and resolving scenario files."""

from riskengine.scenario.read import parse, read
from riskengine.scenario.resolve import digest, dumps, resolve

__all__ = ["digest", "dumps", "parse", "read", "resolve"]
