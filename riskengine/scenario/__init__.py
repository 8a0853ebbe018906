"""Documents to models: reading, merging, checking and resolving scenario files."""

from riskengine.scenario.json_schema import json_schema
from riskengine.scenario.read import parse, read
from riskengine.scenario.resolve import digest, digest_of, dumps, resolve
from riskengine.scenario.sections.hard_constraints import without_hard_constraints
from riskengine.scenario.starter_files import template, template_files, template_names

__all__ = [
    "digest",
    "digest_of",
    "dumps",
    "json_schema",
    "parse",
    "read",
    "resolve",
    "template",
    "template_files",
    "template_names",
    "without_hard_constraints",
]
