"""Uncertain numbers, each sampled by its quantile function."""

from riskengine.plan.variables.distribution.beta import Beta, Pert
from riskengine.plan.variables.distribution.build import build_distribution, mean_of
from riskengine.plan.variables.distribution.discrete import Discrete
from riskengine.plan.variables.distribution.line import Triangular, Uniform
from riskengine.plan.variables.distribution.shape import Constant, Distribution
from riskengine.plan.variables.distribution.truncated import Truncated
from riskengine.plan.variables.distribution.unbounded import Exponential, Lognormal, Normal

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
    "build_distribution",
    "mean_of",
]
