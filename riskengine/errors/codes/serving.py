"""RE68x: the what-if page."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

SERVING: Mapping[str, Entry] = MappingProxyType(
    {
        "RE680": Entry(
            title="library of the what-if page not installed",
            rule="the what-if page needs starlette and uvicorn",
            reason="They answer the browser; nothing else needs them, so they come as the extra serve.",
            example="riskengine serve plan.toml",
            cure="Run pip install '.[serve]' in riskengine's own folder.",
        ),
        "RE681": Entry(
            title="request that the page does not make",
            rule="a request must name controls of the page, each with a value of its kind",
            reason="Nothing but the page itself is to ask, and it can change nothing but what it shows.",
            example='{"session": "a1b2c3d4", "number": 1, "changes": {"risks-0-active": "perhaps"}}',
            cure="Load the page anew.",
        ),
        "RE682": Entry(
            title="port not to be had",
            rule="the port must be free on this machine",
            reason="Two programs cannot listen at one place.",
            example="riskengine serve plan.toml --port 80",
            cure="Give another --port, or none, and a free one is taken.",
        ),
        "RE683": Entry(
            title="absence ends before it begins",
            rule="the last day of an absence must not be before its first",
            reason="Somebody is away from the first day to the last one, both included.",
            example="ana from 2027-05-24 to 2027-05-03",
            cure="Give the days in their order.",
        ),
    }
)
