"""RE62x: what each source of risk contributes."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

CONTRIBUTIONS: Mapping[str, Entry] = MappingProxyType(
    {
        "RE620": Entry(
            title="no such players",
            rule="players must be some of estimates, risk, correlation, weather, existence, levelling",
            reason="Contributions are told of what can be switched off by itself; other words name nothing that can.",
            example="riskengine contributions plan.toml --players risks",
            cure="Name some of estimates, risk, correlation, weather, existence and levelling, with commas between.",
        ),
    }
)
