"""RE96x: what is written for pipelines."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

PIPELINES: Mapping[str, Entry] = MappingProxyType(
    {
        "RE961": Entry(
            title="no folder for a report",
            rule="the folder of a report must be there",
            reason="After hours of computing the report could not be written; a misspelt folder is not made.",
            example="riskengine decide plan.toml --junit missing/gates.xml",
            cure="Make the folder first, or choose another.",
        ),
        "RE962": Entry(
            title="file is no report of ours",
            rule="a report must not take the place of a file that is none",
            reason="Anything else in it would be lost; an older report of the same kind is replaced.",
            example="riskengine decide plan.toml --markdown README.md",
            cure="Choose another name, or remove the file.",
        ),
    }
)
