"""Going through the entities of one section of the document."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from riskengine.scenario.text.faults import Faults
from riskengine.scenario.values.fields import Fields, is_id


def entities(
    section: str, tables: Mapping[str, Any], keys: Collection[str], faults: Faults
) -> Iterator[tuple[str, Fields]]:
    """Yield each id of a section with its fields, sorted by id; what is no table is reported and left out."""
    for key in sorted(tables):
        place = (section, key)
        is_id(key, place, faults)
        table = tables[key]
        if isinstance(table, dict):
            yield key, Fields(table, place, faults, keys)
        else:
            faults.add("RE113", place, table, rule="must be a table")
