"""RE76x: runs on the workers of a cluster."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

CLUSTER: Mapping[str, Entry] = MappingProxyType(
    {
        "RE760": Entry(
            title="cluster not understood",
            rule="--cluster must be local:N, or the address of a scheduler of Dask",
            reason="A word that is no address would be waited for in vain.",
            example="riskengine simulate plan.toml --cluster scheduler",
            cure="Write --cluster local:4 for four processes of this machine, or --cluster tcp://scheduler:8786.",
        ),
        "RE761": Entry(
            title="library for clusters not installed",
            rule="a cluster needs the library distributed",
            reason="It shares out the parts of a run and repeats those of a machine that stopped; few need it.",
            example="riskengine simulate plan.toml --cluster local:4    # without the extra",
            cure="Run pip install '.[cluster]' in riskengine's own folder.",
        ),
        "RE762": Entry(
            title="no cluster at the address",
            rule="a scheduler must answer within 20 seconds, and have a worker",
            reason="Without workers nothing is ever computed.",
            example="riskengine simulate plan.toml --cluster tcp://127.0.0.1:9    # where none listens",
            cure="Start dask scheduler and dask worker, and see that this machine reaches them.",
        ),
        "RE763": Entry(
            title="cluster lost",
            rule="the scheduler and at least one worker must last as long as the run",
            reason="Parts of a worker that stops are computed again by the others; a scheduler has nobody behind it.",
            example="riskengine simulate plan.toml --cluster tcp://scheduler:8786    # and the scheduler is ended",
            cure="See what became of the scheduler and the workers, and start again. Nothing was written.",
        ),
        "RE764": Entry(
            title="workers of other versions",
            rule="workers must have the versions of riskengine and its libraries that this machine has",
            reason="Other versions may give other bytes, so that parts of two would make the run of none.",
            example="riskengine simulate plan.toml --cluster tcp://scheduler:8786    # with an older riskengine there",
            cure="Install the same versions on all machines.",
        ),
        "RE765": Entry(
            title="no stopping rule on a cluster",
            rule="a run on a cluster must have a fixed number of iterations",
            reason="Whether it is enough is asked of the whole run, which would have to be put together each time.",
            example="riskengine decide plan.toml --until 1000000 --cluster local:4",
            cure="Leave out --until and give -n, or leave out --cluster.",
        ),
    }
)
