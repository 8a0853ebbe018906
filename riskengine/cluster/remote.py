"""What a worker of the cluster does: parts of a run, for which it compiles the plan once, or a whole run."""

import json
import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Final

import pyarrow as pa
from numpy.typing import NDArray

from riskengine import engine, plan
from riskengine.api.simulating import SimulationOptions, run_scenario
from riskengine.engine import Settings, Shard
from riskengine.errors import MachineError
from riskengine.plan import Plan
from riskengine.results.provenance import version_differences, versions
from riskengine.scenario import digest_of, parse

MOST_PLANS: Final = 4
"""Compiled plans that a worker keeps: more than one only where several runs share the workers."""


class CompiledPlans:
    """The plans that a worker has compiled, by the digest of their scenarios; the one that was used last, last."""

    def __init__(self) -> None:
        self._plans: OrderedDict[str, Plan] = OrderedDict()
        self._lock = threading.Lock()

    def plan_of(self, resolved: str) -> Plan:
        """Return the plan of a resolved scenario, compiled by the first thread that asks for it."""
        digest = digest_of(resolved)
        with self._lock:
            if digest not in self._plans:
                self._plans[digest] = plan.compile(parse(json.loads(resolved)))
                while len(self._plans) > MOST_PLANS:
                    self._plans.popitem(last=False)
            self._plans.move_to_end(digest)
            return self._plans[digest]


PLANS: Final = CompiledPlans()


def refuse_other_versions(expected: Mapping[str, object]) -> None:
    """Refuse to compute beside versions that may give other bytes.

    Raises
    ------
    MachineError
        RE764.
    """
    differences = version_differences(versions(), expected)
    if differences:
        cure = "install the same versions on all machines"
        raise MachineError(f"a worker has other versions than this machine: {differences}", "RE764", cure)


def simulate_part(
    resolved: str, settings: Settings, shard: Shard, expected: Mapping[str, object]
) -> dict[str, NDArray[Any]]:
    """Return the arrays of one part of a run, by name.

    Parameters
    ----------
    resolved : str
        The scenario, as ``riskengine.scenario.dumps`` writes it.
    settings : Settings
        Of the whole run.
    shard : Shard
    expected : mapping of str to object
        The versions of the machine that puts the parts together.

    Raises
    ------
    MachineError, ScenarioError
        As for :func:`riskengine.engine.simulate_shard`; and where the versions differ.
    """
    refuse_other_versions(expected)
    return engine.simulate_shard(PLANS.plan_of(resolved), settings, shard)._asdict()


def simulate_whole(
    resolved: str, options: SimulationOptions, expected: Mapping[str, object]
) -> tuple[dict[str, Any], dict[str, pa.Table]]:
    """Return the manifest and the tables of a run.

    Parameters
    ----------
    resolved : str
        The scenario, as ``riskengine.scenario.dumps`` writes it.
    options : SimulationOptions
    expected : mapping of str to object
        The versions of the machine that writes the results.

    Raises
    ------
    MachineError, ScenarioError
        As for :func:`riskengine.simulate`; and where the versions differ.
    """
    refuse_other_versions(expected)
    run = run_scenario(parse(json.loads(resolved)), options)
    return run.manifest, dict(run.tables)
