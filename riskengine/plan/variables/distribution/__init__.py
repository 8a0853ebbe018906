"""Uncertain numbers, each sampled by its quantile function."""

from riskengine.plan.variables.distribution.beta import Beta, Pert
from riskengine.plan.variables.distribution.build import build_distribution, mean_of
from riskengine.plan.variables.distribution.cumulative import Cumulative
from riskengine.plan.variables.distribution.discrete import Discrete
from riskengine.plan.variables.distribution.double_triangular import DoubleTriangular
from riskengine.plan.variables.distribution.integrated import Integrated
from riskengine.plan.variables.distribution.line import Triangular, Uniform
from riskengine.plan.variables.distribution.metalog import Metalog
from riskengine.plan.variables.distribution.reciprocal import Reciprocal, reciprocal
from riskengine.plan.variables.distribution.several import Average, Mixture
from riskengine.plan.variables.distribution.shape import Constant, Distribution
from riskengine.plan.variables.distribution.shifted import Shifted
from riskengine.plan.variables.distribution.skewed import Gamma, Weibull
from riskengine.plan.variables.distribution.truncated import Truncated
from riskengine.plan.variables.distribution.unbounded import Exponential, Lognormal, Normal

__all__ = [
    "Average",
    "Beta",
    "Constant",
    "Cumulative",
    "Discrete",
    "Distribution",
    "DoubleTriangular",
    "Exponential",
    "Gamma",
    "Integrated",
    "Lognormal",
    "Metalog",
    "Mixture",
    "Normal",
    "Pert",
    "Reciprocal",
    "Shifted",
    "Triangular",
    "Truncated",
    "Uniform",
    "Weibull",
    "build_distribution",
    "mean_of",
    "reciprocal",
]
