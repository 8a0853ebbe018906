"""Estimates: one uncertain number, as a shape and its parameters."""

from riskengine.model.estimate.beta import Beta
from riskengine.model.estimate.constant import Constant
from riskengine.model.estimate.cumulative import Cumulative
from riskengine.model.estimate.discrete import Discrete
from riskengine.model.estimate.double_triangular import DoubleTriangular
from riskengine.model.estimate.empirical import Empirical
from riskengine.model.estimate.estimate import Estimate, Problem
from riskengine.model.estimate.exponential import Exponential
from riskengine.model.estimate.gamma import Gamma
from riskengine.model.estimate.lognormal import Lognormal
from riskengine.model.estimate.metalog import Metalog
from riskengine.model.estimate.normal import Normal
from riskengine.model.estimate.parameter import Parameter
from riskengine.model.estimate.pert import Pert
from riskengine.model.estimate.several import Average, Mixture, Several
from riskengine.model.estimate.shapes import LISTED_SHAPES, PARAMETERS, SHAPES, SPREAD_SHAPES, AnyEstimate, Shape
from riskengine.model.estimate.triangular import Triangular
from riskengine.model.estimate.trigen import Trigen
from riskengine.model.estimate.uniform import Uniform
from riskengine.model.estimate.weibull import Weibull

__all__ = [
    "LISTED_SHAPES",
    "PARAMETERS",
    "SHAPES",
    "SPREAD_SHAPES",
    "AnyEstimate",
    "Average",
    "Beta",
    "Constant",
    "Cumulative",
    "Discrete",
    "DoubleTriangular",
    "Empirical",
    "Estimate",
    "Exponential",
    "Gamma",
    "Lognormal",
    "Metalog",
    "Mixture",
    "Normal",
    "Parameter",
    "Pert",
    "Problem",
    "Several",
    "Shape",
    "Triangular",
    "Trigen",
    "Uniform",
    "Weibull",
]
