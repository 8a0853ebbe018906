"""Uncertain numbers, each sampled by its quantile function."""

from riskengine.plan.distribution.beta import Beta, Pert
from riskengine.plan.distribution.build import distribution
from riskengine.plan.distribution.discrete import Discrete
from riskengine.plan.distribution.line import Triangular, Uniform
from riskengine.plan.distribution.shape import Constant, Distribution
from riskengine.plan.distribution.truncated import Truncated
from riskengine.plan.distribution.unbounded import Exponential, Lognormal, Normal

__all__ = [
    "Beta",
    "Constant",
    "Discrete",
    "Distribution",
    "Exponential",
    "Lognormal",
    "Normal",
    "Pert",
    "Triangular",
    "Truncated",
    "Uniform",
    "distribution",
]
