"""Documents to models: reading, merging, checking and resolving scenario files."""

from riskengine.scenario.changed import changed
from riskengine.scenario.json_schema import json_schema
from riskengine.scenario.read import Reading, parse, read, reading_of
from riskengine.scenario.resolve import digest, digest_of, dumps, resolve
from riskengine.scenario.sections.hard_constraints import without_hard_constraints
from riskengine.scenario.starter_files import starter_files, starter_names, starter_text

__all__ = [
    "Reading",
    "changed",
    "digest",
    "digest_of",
    "dumps",
    "json_schema",
    "parse",
    "read",
    "reading_of",
    "resolve",
    "starter_files",
    "starter_names",
    "starter_text",
    "without_hard_constraints",
]
