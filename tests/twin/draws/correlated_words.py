"""The engine's words of what is correlated, against the twin's uniforms."""

from collections.abc import Iterable, Iterator

from riskengine.engine import replay
from riskengine.engine.replay import Replay
from riskengine.model import Scenario
from riskengine.plan import compile
from tests.twin.draws import correlated
from tests.twin.draws.streams import hypercube_word, random_word
from tests.twin.simulator.agreement import Run

ERROR = 4e-5
"""Of a uniform: that of a look-up of scores is 1.1e-5, and a word has several."""
OUTERMOST = 1e-6
"""What lies further out than this is not looked at: a table has a few cells there."""


def wrong_words(scenario: Scenario, made: Run, iterations: Iterable[int]) -> Iterator[str]:
    """Correlated words that are not what the words of the same scenario without correlations make of them."""
    tied = {stream for group in correlated.components(correlated.decided(scenario)) for stream in group}
    if not tied:
        return
    alone = replay(compile(scenario.model_copy(update={"correlations": {}})), made.seed, made.method, made.iterations)
    for label in sorted(alone.word.keys() & made.seen.word.keys() - tied):
        if (alone.word[label] != made.seen.word[label]).any():
            yield f"{label} is correlated with nothing, and has moved"
    for iteration in iterations:
        own = own_uniforms(scenario, made, alone, iteration)
        for stream, exact in correlated.uniforms(scenario, own).items():
            column = made.seen.word.get(stream)
            if column is None or not column.any():  # a member that does not vary
                continue
            u = (int(column[iteration]) + 0.5) / 2**32
            if abs(u - exact) > ERROR:
                yield f"{stream}, iteration {iteration}: u = {u}, twin {exact}"


def own_uniforms(scenario: Scenario, made: Run, alone: Replay, iteration: int) -> correlated.Uniform:
    """Uniforms of streams by themselves: of factors, and of what is not drawn, from their names."""
    word = random_word if made.method == "random" else hypercube_word

    def own(stream: str) -> float:
        column = alone.word.get(stream)
        drawn = column is not None and column.any()
        number = int(column[iteration]) if drawn else word(made.seed, scenario.project, stream, iteration)
        return (number + 0.5) / 2**32

    return own
