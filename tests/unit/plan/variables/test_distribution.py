"""From estimates to distributions: every shape, its value in the plan, its truncation."""

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskengine import model
from riskengine.plan.variables.distribution import (
    Constant,
    Discrete,
    Normal,
    Pert,
    Truncated,
    Uniform,
    build_distribution,
)
from riskengine.plan.variables.distribution.truncated import truncate

pytestmark = pytest.mark.filterwarnings("error")

EXPERTS = (model.Pert(low=8, most_likely=10, high=15), model.Normal(mean=14, sd=2, min=0))
CONTINUOUS = [
    model.Uniform(low=2, high=9),
    model.Triangular(low=10, most_likely=12, high=20),
    model.Pert(low=10, most_likely=12, high=20),
    model.Pert(low=10, most_likely=20, high=20, **{"lambda": 2.5}),
    model.Trigen(low=8, most_likely=10, high=15),
    model.Normal(mean=10, sd=2),
    model.Normal(p10=8, p90=13),
    model.Lognormal(mean=10, sd=4),
    model.Lognormal(p10=18, p90=40),
    model.Exponential(mean=3),
    model.Beta(low=0, high=4, alpha=0.7, beta=1.5),
    model.DoubleTriangular(low=2, most_likely=4, high=15, weight_below=0.25),
    model.Gamma(mean=10, sd=4),
    model.Cumulative(values=(2, 5, 6, 15), probabilities=(0, 0.25, 0.5, 1)),
    model.Metalog(values=(8, 10, 15), percentiles=(0.1, 0.5, 0.9)),
    model.Metalog(values=(8, 10, 13, 15), percentiles=(0.1, 0.4, 0.8, 0.9), lower_bound=1),
    model.Metalog(values=(8, 10, 15), percentiles=(0.1, 0.5, 0.9), lower_bound=2, upper_bound=30),
    model.Pert(low=8, most_likely=10, high=15, low_percentile=0.1, high_percentile=0.95),
    model.Gamma(mean=10, sd=6, shift=2),
    model.Weibull(scale=10, form=2.5, shift=3),
    model.Weibull(scale=10, form=0.8),
    model.Lognormal(mean=10, sd=4, shift=3),
    model.Exponential(mean=5, shift=2),
]
CUT = {
    "none": (None, None),
    "below": (0.2, None),
    "above": (None, 0.7),
    "both": (0.05, 0.9),
    "low tail": (1e-9, 1e-6),
    "high tail": (1 - 1e-6, 1 - 1e-9),
}
"""Where to truncate, as probabilities of the whole."""


def cut(estimate, name):
    """An estimate truncated at quantiles of its own."""
    least, most = CUT[name]
    whole = build_distribution(estimate, 1.0)
    least = None if least is None else float(whole.quantile(least))
    most = None if most is None else float(whole.quantile(most))
    return estimate.model_copy(update={"min": least, "max": most})


@pytest.mark.parametrize("name", list(CUT)[1:])
@pytest.mark.parametrize("estimate", CONTINUOUS, ids=lambda e: e.shape)
def test_truncation_conditions_the_probability(estimate, name):
    whole, distribution = build_distribution(estimate, 1.0), build_distribution(cut(estimate, name), 1.0)
    least, most = (end if end is not None else default for end, default in zip(CUT[name], (0.0, 1.0), strict=True))
    u = np.linspace(0.001, 0.999, 41)
    inside = distribution.quantile(u)
    assert np.all(inside >= distribution.low) and np.all(inside <= distribution.high)
    assert np.all(np.diff(inside) > 0)
    if name == "high tail":
        share = (whole.survival(inside) - whole.survival(distribution.high)) / (
            whole.survival(distribution.low) - whole.survival(distribution.high)
        )
        assert share == pytest.approx(1 - u, rel=1e-4)
    else:
        assert (whole.cdf(inside) - least) / (most - least) == pytest.approx(u, rel=1e-6)
    assert distribution.cdf(inside) == pytest.approx(u, rel=1e-6)
    assert distribution.survival(inside) == pytest.approx(1 - u, rel=1e-6)
    assert distribution.quantile_above(1 - u) == pytest.approx(inside, rel=1e-9)


@pytest.mark.parametrize("estimate", [model.Mixture(of=EXPERTS, weights=(3, 1)), model.Average(of=EXPERTS)])
def test_several_estimates_have_their_partial_means_and_their_inverse(estimate):
    distribution = build_distribution(estimate, 1.0)
    u = np.array([1e-9, 1e-4, 0.1, 0.3, 0.5, 0.8, 0.99])
    assert distribution.cdf(distribution.quantile(u)) == pytest.approx(u, rel=1e-7)
    assert distribution.survival(distribution.quantile_above(u)) == pytest.approx(u, rel=1e-7)
    node, weight = np.polynomial.legendre.leggauss(400)
    mass = 0.1 + 0.7 * (node + 1) / 2
    area = np.sum(distribution.quantile(mass) * weight) * 0.35
    assert distribution.partial(0.8) - distribution.partial(0.1) == pytest.approx(area, rel=1e-9)
    far = distribution.mean + 40 * distribution.sd * np.array([-1.0, 1.0])  # without a warning, too
    assert distribution.cdf(far) == pytest.approx([0, 1], abs=1e-12)
    assert distribution.partial(0.3) + distribution.partial_above(0.7) == pytest.approx(distribution.mean, rel=1e-9)


@pytest.mark.parametrize("shape", [model.Mixture, model.Average])
def test_several_estimates_are_cut_by_conditioning(shape):
    whole = build_distribution(shape(of=EXPERTS), 1.0)
    least, most = (float(whole.quantile(u)) for u in (0.2, 0.7))
    distribution = build_distribution(shape(of=EXPERTS, min=least, max=most), 1.0)
    u = np.array([0.01, 0.5, 0.99])
    assert whole.cdf(distribution.quantile(u)) == pytest.approx(0.2 + 0.5 * u, rel=1e-9)


@pytest.mark.parametrize("name", list(CUT))
@pytest.mark.parametrize("estimate", CONTINUOUS, ids=lambda e: e.shape)
def test_partial_means_mean_and_sd_are_integrals_of_the_quantile(estimate, name):
    distribution = build_distribution(cut(estimate, name), 1.0)
    node, weight = np.polynomial.legendre.leggauss(20)
    tail = 2.0 ** -np.arange(70, 0, -1.0)
    edge = np.concatenate(([0.0], tail, np.linspace(0.5, 1, 513)[1:-1], 1 - tail[::-1], [1.0]))
    corners = getattr(estimate, "values", (getattr(estimate, "most_likely", 0.0),))  # no polynomial goes round one
    bends = [float(distribution.cdf(corner)) for corner in corners]
    edge = np.unique(np.append(edge, bends))
    width = np.diff(edge)
    u = edge[:-1, None] + width[:, None] * (node + 1) / 2
    v = (1 - edge[1:, None]) + width[:, None] * (1 - node) / 2
    value = np.where(u < 0.5, distribution.quantile(u), distribution.quantile_above(v))
    area = np.concatenate(([0.0], np.cumsum(np.sum(value * weight / 2, axis=1) * width)))
    size = (
        distribution.high - distribution.low if np.isfinite(distribution.high - distribution.low) else distribution.sd
    )
    assert distribution.partial(edge) == pytest.approx(area, abs=1e-7 * size)
    assert distribution.partial_above(1 - edge) == pytest.approx(area[-1] - area, abs=1e-7 * size)
    assert distribution.mean == pytest.approx(area[-1], abs=1e-7 * size)
    variance = np.sum(np.sum((value - distribution.mean) ** 2 * weight / 2, axis=1) * width)
    assert distribution.sd == pytest.approx(np.sqrt(variance), rel=1e-5)


@pytest.mark.parametrize("start", [0.5, 3.0, 6.5])
def test_a_truncated_normal_has_the_moments_of_the_textbook_in_either_tail(start):
    """Johnson, Kotz, Balakrishnan (1994): mean phi(a) / Q(a), variance 1 + a phi / Q - (phi / Q)^2."""
    ratio = mp.npdf(start) / (mp.erfc(start / mp.sqrt(2)) / 2)
    spread = float(mp.sqrt(1 + start * ratio - ratio**2))
    u = np.array([1e-6, 0.1, 0.5, 0.9])
    upper = build_distribution(model.Normal(mean=0, sd=1, min=start), 1.0)
    assert (upper.mean, upper.sd) == pytest.approx((float(ratio), spread), rel=1e-8)
    assert upper.cdf(upper.quantile(u)) == pytest.approx(u, rel=1e-8)
    lower = build_distribution(model.Normal(mean=0, sd=1, max=-start), 1.0)
    assert (lower.mean, lower.sd) == pytest.approx((-float(ratio), spread), rel=1e-8)
    assert lower.survival(lower.quantile_above(u)) == pytest.approx(u, rel=1e-8)
    assert lower.quantile_above(u) == pytest.approx(-upper.quantile(u), rel=1e-12)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(CONTINUOUS), st.floats(1e-6, 0.99), st.floats(1e-6, 0.99))
def test_no_draw_leaves_the_bounds(estimate, one, other):
    whole = build_distribution(estimate, 1.0)
    least, most = sorted(float(whole.quantile(u)) for u in (one, other))
    if most - least <= 1e-9 * abs(most) or abs(one - other) < 1e-9:
        return
    distribution = truncate(whole, least, most)
    ends = np.array([0.0, 2.0**-40, 2.0**-33])
    assert np.all(distribution.quantile(ends) >= least) and np.all(distribution.quantile_above(ends) <= most)


@pytest.mark.parametrize(
    ("estimate", "least", "most"),
    [
        (model.Trigen(low=8, most_likely=10, high=15), 5.66998386, 18.2079861),
        (
            model.Trigen(low=80, most_likely=100, high=150, low_percentile=0.05, high_percentile=0.95),
            67.06391929,
            168.68025034,
        ),
    ],
)
def test_trigen_finds_the_ends_of_published_cases(estimate, least, most):
    distribution = build_distribution(estimate, 1.0)
    assert (distribution.low, distribution.high) == pytest.approx((least, most), abs=5e-9)


@settings(max_examples=200, deadline=None)
@given(
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(0, 0.6),
    st.floats(0, 0.39),
)
def test_trigen_has_its_percentiles_where_they_were_asked_for(left, right, below, above):
    if left + right < 1e-3 or (0 < left < 1e-6) or (0 < right < 1e-6):
        return
    estimate = model.Trigen(
        low=10 - left, most_likely=10, high=10 + right, low_percentile=below, high_percentile=1 - above
    )
    distribution = build_distribution(estimate, 1.0)
    assert estimate.plan_value() == 10
    assert distribution.cdf(estimate.low) == pytest.approx(below, abs=1e-9)
    assert distribution.survival(estimate.high) == pytest.approx(above, abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(st.floats(0, 1), st.floats(0, 0.6), st.floats(0, 0.39), st.sampled_from([0.5, 4.0, 30.0]))
def test_a_pert_has_its_percentiles_where_they_were_asked_for(place, below, above, weight):
    parameters = {"low_percentile": below, "high_percentile": 1 - above, "lambda": weight}
    estimate = model.Pert(low=8, most_likely=8 + 7 * place, high=15, **parameters)
    distribution = build_distribution(estimate, 1.0)
    assert estimate.plan_value() == 8 + 7 * place
    assert distribution.cdf(8.0) == pytest.approx(below, abs=1e-9)
    assert distribution.survival(15.0) == pytest.approx(above, abs=1e-9)


@pytest.mark.parametrize(
    "estimate",
    [
        model.Uniform(low=8, high=15, low_percentile=0.2, high_percentile=0.7),
        model.DoubleTriangular(low=8, most_likely=9, high=15, low_percentile=0.2, high_percentile=0.7),
        model.DoubleTriangular(low=8, most_likely=9, high=15, weight_below=0.3, high_percentile=0.7),
    ],
)
def test_low_and_high_are_where_they_were_asked_for(estimate):
    distribution = build_distribution(estimate, 1.0)
    assert distribution.cdf(8.0) == pytest.approx(estimate.low_percentile or 0.0, abs=1e-14)
    assert distribution.cdf(15.0) == pytest.approx(0.7, abs=1e-14)


def test_percentile_forms_have_their_percentiles():
    for estimate in (model.Normal(p10=8, p90=13), model.Lognormal(p10=8, p90=13)):
        distribution = build_distribution(estimate, 1.0)
        assert distribution.quantile([0.1, 0.9]) == pytest.approx([8, 13], rel=1e-14)


def test_a_lognormal_has_the_mean_and_sd_of_the_value_itself():
    distribution = build_distribution(model.Lognormal(mean=10, sd=4), 1.0)
    assert (distribution.mean, distribution.sd) == pytest.approx((10, 4), rel=1e-14)


def test_pert_has_the_shape_of_its_lambda():
    """(5, 7, 10): mean, sd, P10 and P90 for lambda 2, 4 and 8."""
    expected = {
        2: (7.25, 1.112430, 5.775392, 8.797514),
        4: (7.166667, 0.936474, 5.943096, 8.449448),
        8: (7.1, 0.744067, 6.138885, 8.100393),
    }
    for weight, numbers in expected.items():
        distribution = build_distribution(model.Pert(low=5, most_likely=7, high=10, **{"lambda": weight}), 1.0)
        found = (distribution.mean, distribution.sd, *distribution.quantile([0.1, 0.9]))
        assert found == pytest.approx(numbers, abs=6e-7)


@pytest.mark.parametrize(
    ("estimate", "value"),
    [
        (model.Constant(value=5), 5),
        (model.Uniform(low=2, high=9), 5.5),
        (model.Triangular(low=10, most_likely=12, high=20), 12),
        (model.Pert(low=10, most_likely=12.3, high=20), 12.3),
        (model.Trigen(low=8, most_likely=10, high=15), 10),
        (model.Normal(mean=10, sd=2), 10),
        (model.Normal(p10=8, p90=13), 10.5),
        (model.Lognormal(mean=10, sd=4), 10 * 1.16**-1.5),
        (model.Exponential(mean=3), 3),
        (model.Exponential(mean=3, shift=2), 3),
        (model.Lognormal(mean=13, sd=4, shift=3), 3 + 10 * 1.16**-1.5),
        (model.Gamma(mean=10, sd=5), 7.5),
        (model.Gamma(mean=10, sd=4, shift=2), 8),
        (model.Gamma(mean=10, sd=11), 10),
        (model.Weibull(scale=4, form=2, shift=1), 1 + 4 * 0.5**0.5),
        (model.Weibull(scale=4, form=0.5), 8),
        (model.DoubleTriangular(low=2, most_likely=4, high=15), 4),
        (model.Mixture(of=EXPERTS, weights=(3, 1)), 11),
        (model.Average(of=EXPERTS), 12),
        (model.Beta(low=1, high=4, alpha=2, beta=3), 2),
        (model.Beta(low=1, high=4, alpha=2, beta=1), 3),
        (model.Discrete(values=(4, 1, 7), weights=(2, 1, 2)), 4),
        (model.Discrete(values=(4, 1, 7, 1), weights=(2, 1, 2, 1.5)), 1),
        (model.Triangular(low=10, most_likely=12, high=20, min=13), 13),
        (model.Exponential(mean=3, max=2), 2),
        (model.Discrete(values=(1, 2, 3), weights=(5, 1, 1), min=2), 2),
    ],
)
def test_the_plan_takes_the_value_that_people_expect(estimate, value):
    assert estimate.plan_value() == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize(("mean", "sd", "mode"), [(1, 0.75, 0.4375), (10, 3, 9.1), (1e300, 1e299, 9.9e299)])
def test_the_mode_of_a_gamma_is_rounded_once(mean, sd, mode):
    # 0.4375 days of 7.5 hours end in half a second, which is rounded up, and a little less is not
    assert model.Gamma(mean=mean, sd=sd).plan_value() == mode


@pytest.mark.parametrize("estimate", [*CONTINUOUS, *(cut(e, "both") for e in CONTINUOUS)], ids=lambda e: e.shape)
def test_the_scale_multiplies_every_value(estimate):
    one, many = build_distribution(estimate, 1.0), build_distribution(estimate, 480.0)
    u = np.array([0.01, 0.3, 0.5, 0.9])
    assert many.quantile(u) == pytest.approx(480 * one.quantile(u), rel=1e-13)
    assert (many.low, many.high, many.mean, many.sd) == pytest.approx(
        (480 * one.low, 480 * one.high, 480 * one.mean, 480 * one.sd), rel=1e-13
    )


@pytest.mark.parametrize(
    "estimate",
    [
        model.Uniform(low=3, high=3),
        model.Pert(low=3, most_likely=3, high=3),
        model.Trigen(low=3, most_likely=3, high=3),
        model.Discrete(values=(3,), weights=(2,)),
        model.Discrete(values=(3, 8), weights=(1, 1), max=7),
    ],
    ids=lambda e: e.shape,
)
def test_an_estimate_without_width_is_a_constant(estimate):
    assert build_distribution(estimate, 2.0) == Constant(6.0)
    assert build_distribution(estimate, 2.0).is_constant


def test_a_bound_outside_the_support_changes_nothing():
    plain = build_distribution(model.Pert(low=10, most_likely=12, high=20), 1.0)
    assert build_distribution(model.Pert(low=10, most_likely=12, high=20, min=10, max=25), 1.0) == plain
    assert isinstance(build_distribution(model.Normal(mean=10, sd=2, min=0), 1.0), Truncated)


@pytest.mark.parametrize(
    ("distribution", "least", "most"),
    [
        (Uniform(2.0, 9.0), 9.5, None),
        (Uniform(2.0, 9.0), 9.0, None),
        (Uniform(2.0, 9.0), None, 2.0),
        (Normal(0.0, 1.0), 50.0, None),
        *((Normal(0.0, 1.0), point, point) for point in (0.3, 0.7, 1.0, 1.1)),
    ],
)
def test_bounds_that_leave_nothing_are_refused(distribution, least, most):
    with pytest.raises(ValueError, match="no probability between"):
        truncate(distribution, least, most)


def test_bounds_that_leave_no_value_of_a_list_are_refused():
    with pytest.raises(ValueError, match="no value"):
        Discrete.from_weights((1, 5), (1, 1), 2, 4)


def test_a_discrete_draw_takes_each_value_for_its_share():
    distribution = build_distribution(model.Discrete(values=(7, 1, 4, 1), weights=(2, 1, 1, 4)), 1.0)
    assert isinstance(distribution, Discrete) and distribution.is_discrete
    assert distribution.value.tolist() == [1, 4, 7]
    assert distribution.cumulative.tolist() == [0.625, 0.75, 1]
    assert distribution.probability.tolist() == [0.625, 0.125, 0.25]
    assert distribution.quantile([1e-9, 0.625, 0.626, 0.75, 0.76, 1 - 1e-9]).tolist() == [1, 1, 4, 4, 7, 7]
    assert distribution.quantile_above(0.1) == 7
    assert distribution.mean == 2.875
    assert distribution.sd == pytest.approx(np.sqrt(0.625 * 1.875**2 + 0.125 * 1.125**2 + 0.25 * 4.125**2))
    assert distribution.partial([0.5, 0.7]) == pytest.approx([0.5, 0.625 + 4 * 0.075])
    assert distribution.partial_above(0.25) == 1.75
    assert distribution.cdf([0.9, 1, 3.9, 7]).tolist() == [0, 0.625, 0.625, 1]
    assert distribution.survival(4) == 0.25


def test_a_truncated_discrete_keeps_the_weights_of_the_values_inside():
    distribution = build_distribution(model.Discrete(values=(1, 2, 3, 4), weights=(4, 3, 1, 2), min=2, max=3), 1.0)
    assert distribution.value.tolist() == [2, 3]
    assert distribution.probability.tolist() == [0.75, 0.25]


def test_probability_one_thirty_second_of_a_billion_has_a_value_in_both_tails():
    for estimate in CONTINUOUS:
        distribution = build_distribution(estimate, 1.0)
        ends = np.array([distribution.quantile(2.0**-33), distribution.quantile_above(2.0**-33)])
        assert np.all(np.isfinite(ends))
        assert distribution.low <= ends[0] < distribution.mean < ends[1] <= distribution.high


def test_constants_answer_like_a_distribution():
    distribution = Constant(3.0)
    assert distribution.quantile([0.1, 0.9]).tolist() == distribution.quantile_above([0.1, 0.9]).tolist() == [3, 3]
    assert (distribution.low, distribution.high, distribution.mean, distribution.sd) == (3, 3, 3, 0)
    assert distribution.partial(0.5) == distribution.partial_above(0.5) == 1.5
    assert distribution.cdf([2.9, 3]).tolist() == [0, 1]
    assert distribution.survival([2.9, 3]).tolist() == [1, 0]


def test_continuous_distributions_are_neither_constant_nor_discrete():
    for distribution in (Uniform(1.0, 2.0), Normal(1.0, 2.0), Pert(0.0, 1.0, 0.5, 4.0)):
        assert not distribution.is_constant and not distribution.is_discrete
