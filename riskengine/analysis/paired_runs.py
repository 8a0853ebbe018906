"""Two runs of the same iterations: what is known of their differences besides these iterations."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.statistics.known_variance import KnownVariance
from riskengine.analysis.statistics.steps import KnownSteps
from riskengine.analysis.statistics.unseen import Unseen, UnseenRisks, joined
from riskengine.results.samples.sample import RareValueSample, RiskSample, Sample

Values = NDArray[np.float64]
Chances = RiskSample | RareValueSample
Change = Callable[[Values, Values], Values]
"""Makes of values afterwards and before, (row, m) each, what each iteration changes."""


class PairedValues(NamedTuple):
    """One measure of two runs.

    Attributes
    ----------
    after, before : (n,) float64
    forced_after, forced_before : list of (forced, m) float64
        For each of the chances of either run, the first m iterations with each of those that are forced.
    """

    after: Values
    before: Values
    forced_after: list[Values]
    forced_before: list[Values]


class PairedRuns:
    """What the draws of two runs have in common, and what these iterations show too little of.

    A risk that is in both, and occurs in the same iterations, is one chance and not two; so is a discrete estimate
    that takes the same values.

    Parameters
    ----------
    before, after : Sample
        As many iterations of one seed and method.
    """

    def __init__(self, before: Sample, after: Sample) -> None:
        self.after = Unseen.of(after, after.iterations)
        unseen = Unseen.of(before, before.iterations)
        earlier = {type(each.risks): each.risks for each in unseen.chances}
        later = {type(each.risks): each.risks for each in self.after.chances}
        self.shared = [shared_keys(each.risks, earlier.get(type(each.risks))) for each in self.after.chances]
        self.kind_before = [type(each.risks) for each in unseen.chances]
        self.before = [left_out(each, shared_keys(each.risks, later.get(type(each.risks)))) for each in unseen.chances]
        self.steps_before = unseen.steps and other_steps(unseen.steps, self.after.steps)

    def known_variance(self, values: PairedValues, change: Change) -> KnownVariance:
        """Return what is known of the mean of what the iterations change."""
        after, before = values.after[np.newaxis], values.before[np.newaxis]
        moved = change(after, before)
        parts = []
        for at, each in enumerate(self.after.chances):
            forced = values.forced_after[at]
            beside = repeated(before, forced)
            if type(each.risks) in self.kind_before:
                other = self.kind_before.index(type(each.risks))
                alike = forced_rows(self.before[other].risks, values.forced_before[other], self.shared[at])
                forced, beside = forced_alike(each.risks, forced, beside, alike)
            parts.append(each.known_variance(moved[0], change(forced, beside)))
        for each, forced in zip(self.before, values.forced_before, strict=True):
            parts.append(each.known_variance(moved[0], change(repeated(after, forced), forced)))
        parts += [steps.known_variance(moved) for steps in (self.after.steps, self.steps_before) if steps]
        return joined(parts)


def keys_of(chances: Chances) -> tuple[str, ...]:
    """Return what each chance is called."""
    return chances.id if isinstance(chances, RiskSample) else chances.label


def shared_keys(chances: Chances, others: Chances | None) -> frozenset[str]:
    """Return the chances that the other run has, too, in the same iterations."""
    if others is None:
        return frozenset()
    row_of = {key: row for row, key in enumerate(keys_of(others))}
    width = min(chances.occurs.shape[1], others.occurs.shape[1])
    return frozenset(
        key
        for row, key in enumerate(keys_of(chances))
        if key in row_of
        and chances.probability[row] == others.probability[row_of[key]]
        and np.array_equal(chances.occurs[row, :width], others.occurs[row_of[key], :width])
    )


def left_out(unseen: UnseenRisks, keys: frozenset[str]) -> UnseenRisks:
    """Return chances of which these count for nothing."""
    is_out = np.array([key in keys for key in keys_of(unseen.risks)], dtype=np.bool_)
    return replace(
        unseen, shortage=np.where(is_out, 0.0, unseen.shortage), certain=np.where(is_out, 0.0, unseen.certain)
    )


def other_steps(steps: KnownSteps, others: KnownSteps | None) -> KnownSteps:
    """Return the steps of a run without those of estimates that took the same values in the other run."""
    if others is None:
        return steps
    there = {signature(others, row) for row in range(len(others.discrete.level))}
    is_shared = np.array([signature(steps, row) in there for row in range(len(steps.discrete.level))], dtype=np.bool_)
    is_out = is_shared[steps.discrete.estimate]
    return replace(steps, shortage=np.where(is_out, 0.0, steps.shortage), certain=np.where(is_out, 0.0, steps.certain))


def signature(steps: KnownSteps, row: int) -> bytes:
    """Return what tells apart the values that estimates took, and how likely each is."""
    mark = blake2b(steps.discrete.level[row].tobytes())
    mark.update(steps.discrete.probability[steps.discrete.estimate == row].tobytes())
    return mark.digest()


def repeated(values: Values, forced: Values) -> Values:
    """Return the first iterations of a run as it is, once for each row of forced ones."""
    return np.repeat(values[:, : forced.shape[1]], len(forced), axis=0)


def forced_rows(chances: Chances, forced: Values, keys: frozenset[str]) -> dict[str, Values]:
    """Return the forced iterations of a run, (m,) each, by the chances that are forced, of these ones."""
    named = zip((keys_of(chances)[row] for row in chances.forced), forced, strict=True)
    return {key: values for key, values in named if key in keys}


def forced_alike(chances: Chances, forced: Values, beside: Values, alike: dict[str, Values]) -> tuple[Values, Values]:
    """Return forced iterations of a run beside those of the other, where a chance that both have is forced in both.

    Parameters
    ----------
    chances : Chances
    forced : (forced, m) float64
        A measure in iterations with each of the forced chances.
    beside : (forced, m) float64
        The measure of the other run with none forced.
    alike : dict of str to (m,) float64
        The measure of the other run with these forced, which occur in the same iterations of both.
    """
    width = min([forced.shape[1], *(values.size for values in alike.values())])
    rows = [keys_of(chances)[row] for row in chances.forced]
    others = [alike.get(key, plain)[:width] for key, plain in zip(rows, beside, strict=True)]
    return forced[:, :width], np.array(others).reshape(len(rows), width)
