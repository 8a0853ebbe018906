"""Estimates: every shape, every shorthand, every way of getting one wrong."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskengine.errors import ScenarioError
from riskengine.model import Constant, Discrete, Lognormal, Normal, Pert, Triangular, Trigen, Uniform
from tests.support.scenario_text import faults, only, read_text


def duration(text, before=""):
    """Return the estimate of a task's duration written as `text`."""
    return read_text(f"{before}[tasks.a]\nduration = {text}\n").tasks["a"].duration


def cost(text):
    """Return the estimate of a task's fixed cost written as `text`."""
    return read_text(f"[tasks.a]\nduration = 1\ncost.fixed = {text}\n").tasks["a"].cost.fixed


def fault(text):
    """Return the one fault of a duration written as `text`."""
    return only(f"[tasks.a]\nduration = {text}\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25", Constant(value=25, unit="d")),
        ("2.5", Constant(value=2.5, unit="d")),
        ("'200h'", Constant(value=200, unit="h")),
        ("'5 w'", Constant(value=5, unit="w")),
        ("'1.5mo'", Constant(value=1.5, unit="mo")),
        ("'10ed'", Constant(value=10, unit="ed")),
        ("'36eh'", Constant(value=36, unit="eh")),
        ("'25'", Constant(value=25, unit="d")),
        ("[20, 25, 40]", Pert(low=20, most_likely=25, high=40, unit="d")),
        ("['20h', '25h', '40h']", Pert(low=20, most_likely=25, high=40, unit="h")),
        ("['20d', 25, '40d']", Pert(low=20, most_likely=25, high=40, unit="d")),
        ("[0, '2w', '4w']", Pert(low=0, most_likely=2, high=4, unit="w")),
        ("[5, 5, 5]", Constant(value=5, unit="d")),
        ("{value = 5, unit = 'w'}", Constant(value=5, unit="w")),
        ("{low = 1, most_likely = 2, high = 3}", Pert(low=1, most_likely=2, high=3, unit="d")),
        ("{low = 1, most_likely = 2, high = 3, unit = 'h'}", Pert(low=1, most_likely=2, high=3, unit="h")),
        (
            "{shape = 'pert', low = 1, most_likely = 2, high = 3, lambda = 2}",
            Pert(low=1, most_likely=2, high=3, lambda_=2, unit="d"),
        ),
        (
            "{shape = 'triangular', low = '1w', most_likely = '2w', high = '3w', max = '2.5w'}",
            Triangular(low=1, most_likely=2, high=3, max=2.5, unit="w"),
        ),
        ("{shape = 'uniform', low = 1, high = 3}", Uniform(low=1, high=3, unit="d")),
        ("{shape = 'normal', mean = 20, sd = 2, min = 0}", Normal(mean=20, sd=2, min=0, unit="d")),
        ("{shape = 'lognormal', p10 = 18, p90 = 40}", Lognormal(p10=18, p90=40, unit="d")),
        (
            "{shape = 'trigen', low = 10, most_likely = 12, high = 20}",
            Trigen(low=10, most_likely=12, high=20, unit="d"),
        ),
        (
            "{shape = 'discrete', values = ['1w', '2w'], weights = [3, 1]}",
            Discrete(values=(1, 2), weights=(3, 1), unit="w"),
        ),
    ],
)
def test_a_duration_can_be_written_in_many_ways(text, expected):
    assert duration(text) == expected


@pytest.mark.parametrize(
    ("shape", "text"), [("triangular", "[1, 2, 3]"), ("trigen", "[10, 12, 20]"), ("uniform", "[1, 3]")]
)
def test_a_list_takes_the_default_shape(shape, text):
    assert duration(text, f"[defaults]\nshape = '{shape}'\n").shape == shape
    assert duration(text, f"[defaults]\nshape = 'pert'\n[defaults.task]\nshape = '{shape}'\n").shape == shape


def test_defaults_of_tasks_costs_and_risks_are_apart():
    text = """
        [defaults.task]
        shape = "triangular"
        [defaults.cost]
        shape = "trigen"
        [defaults.risk]
        shape = "uniform"
        [tasks.a]
        duration = [1, 2, 3]
        cost.fixed = [100, 200, 300]
        [tasks.b]
        duration = 1
        after = [{task = "a", lag = [1, 2, 3]}]
        [costs.c]
        rate = [10, 20, 30]
        [risks.r]
        probability = 0.5
        impacts.a = {delay = [1, 3], cost = [1, 3]}
        """
    scenario = read_text(text)
    assert scenario.tasks["a"].duration.shape == "triangular"
    assert scenario.tasks["b"].after[0].lag.shape == "triangular"
    assert scenario.tasks["a"].cost.fixed.shape == "trigen"
    assert scenario.costs["c"].rate.shape == "trigen"
    impact = scenario.risks["r"].impacts["a"]
    assert impact.delay.shape == impact.cost.shape == "uniform"


def test_money_and_factors_have_no_unit():
    assert cost("[1, 2, 3]") == Pert(low=1, most_likely=2, high=3)
    assert cost("5").unit is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[20, 25]", "RE201"),
        ("[1, 2, 3, 4]", "RE201"),
        ("[]", "RE201"),
        ("true", "RE201"),
        ("2027-03-01", "RE201"),
        ("[30, 25, 40]", "RE202"),
        ("[20, 45, 40]", "RE202"),
        ("{shape = 'uniform', low = 3, high = 1}", "RE202"),
        ("{shape = 'beta', low = 3, high = 3, alpha = 1, beta = 1}", "RE202"),
        ("{shape = 'trigen', low = 3, most_likely = 2, high = 4}", "RE202"),
        ("{shape = 'gaussian', mean = 1, sd = 1}", "RE203"),
        ("{shape = 5}", "RE203"),
        ("{low = 1, high = 3}", "RE204"),
        ("{shape = 'normal'}", "RE204"),
        ("{shape = 'normal', mean = 5}", "RE204"),
        ("{shape = 'normal', mean = 5, sd = 1, p10 = 4, p90 = 6}", "RE204"),
        ("{shape = 'lognormal', mean = 5, p90 = 6}", "RE204"),
        ("{shape = 'constant'}", "RE204"),
        ("{shape = 'exponential'}", "RE204"),
        ("{shape = 'normal', mean = 5, sd = 0, min = 0}", "RE205"),
        ("{shape = 'normal', mean = 5, sd = -1, min = 0}", "RE205"),
        ("{shape = 'lognormal', mean = 0, sd = 1}", "RE205"),
        ("{shape = 'exponential', mean = 0}", "RE205"),
        ("{shape = 'beta', low = 0, high = 3, alpha = 0, beta = 1}", "RE205"),
        ("{shape = 'pert', low = 0, most_likely = 1, high = 3, lambda = 0}", "RE205"),
        ("{shape = 'trigen', low = 1, most_likely = 2, high = 4, low_percentile = 0.9}", "RE206"),
        ("{shape = 'trigen', low = 1, most_likely = 2, high = 4, high_percentile = 1.1}", "RE206"),
        ("{shape = 'lognormal', p10 = 40, p90 = 18}", "RE207"),
        ("{shape = 'lognormal', p10 = 0, p90 = 18}", "RE207"),
        ("{shape = 'normal', p10 = 18, p90 = 18, min = 0}", "RE207"),
        ("{shape = 'discrete', values = [1, 2], weights = [1]}", "RE208"),
        ("{shape = 'discrete', values = [1, 2], weights = [1, 0]}", "RE208"),
        ("{shape = 'discrete', values = [1, 2], weights = [1, -1]}", "RE208"),
        ("{shape = 'discrete', values = [], weights = []}", "RE208"),
        ("{low = 1, most_likely = 2, high = 3, min = 3, max = 2}", "RE209"),
        ("{low = 1, most_likely = 2, high = 3, min = 2, max = 2}", "RE209"),
        ("{low = 1, most_likely = 2, high = 3, min = 4}", "RE209"),
        ("{low = 1, most_likely = 2, high = 3, max = 1}", "RE209"),
        ("{shape = 'normal', mean = 5, sd = 1, min = 50}", "RE209"),
        ("{shape = 'lognormal', mean = 5, sd = 1, max = 0}", "RE209"),
        ("{shape = 'exponential', mean = 5, min = 5000}", "RE209"),
        ("{shape = 'discrete', values = [1, 2], weights = [1, 1], min = 3}", "RE209"),
        ("{value = 5, max = 4}", "RE209"),
        ("['20h', '25d', '40d']", "RE210"),
        ("['20h', 25, 40]", "RE210"),
        ("{low = '1h', most_likely = 2, high = 3, unit = 'd'}", "RE210"),
        ("{low = 1, most_likely = 2, high = '3w'}", "RE210"),
        ("-5", "RE212"),
        ("[-1, 2, 3]", "RE212"),
        ("{shape = 'normal', mean = 100, sd = 1}", "RE212"),
        ("{shape = 'trigen', low = 1, most_likely = 20, high = 21}", "RE212"),
        ("{shape = 'discrete', values = [-1, 2], weights = [1, 1]}", "RE212"),
        ("'25 days'", "RE213"),
        ("''", "RE213"),
        ("'d'", "RE213"),
        ("'nan'", "RE213"),
        ("'1_000d'", "RE213"),
        ("'1,5d'", "RE213"),
        ("'٣d'", "RE213"),
        ("{value = 5, unit = 'days'}", "RE213"),
        ("{value = 5, unit = 5}", "RE213"),
        ("{shape = 'uniform', low = 1, most_likely = 2, high = 3}", "RE111"),
        ("{shape = 'discrete', values = 5, weights = [1]}", "RE113"),
        ("[1, 2, nan]", "RE122"),
        ("[1, [2], 3]", "RE113"),
        ("[1, true, 3]", "RE113"),
        ("{low = 1, most_likely = 2, high = 3, lambda = '4d'}", "RE113"),
    ],
)
def test_a_duration_that_cannot_be_is_refused_with_one_code(text, code):
    issue = fault(text)
    assert issue.code == code
    assert issue.line == 5
    assert issue.path.startswith("tasks.a.duration")


def test_points_out_of_order_show_the_points():
    issue = fault("[30, 25, 40]")
    assert issue.rule == "must satisfy low <= most_likely <= high"
    assert issue.value == "30, 25, 40"


def test_several_faults_of_one_estimate_are_all_told():
    found = faults("[tasks.a]\nduration = {shape = 'pert', low = 'x', high = nan, mean = 3}\n")
    assert sorted(found) == [
        ("RE111", "tasks.a.duration.mean"),
        ("RE122", "tasks.a.duration.high"),
        ("RE204", "tasks.a.duration.most_likely"),
        ("RE213", "tasks.a.duration.low"),
    ]


@pytest.mark.parametrize(
    ("text", "code"), [("'500d'", "RE211"), ("{value = 5, unit = 'd'}", "RE211"), ("'500'", "RE113")]
)
def test_money_takes_plain_numbers_only(text, code):
    assert only(f"[tasks.a]\nduration = 1\ncost.fixed = {text}\n").code == code


def test_money_and_lags_may_be_negative():
    assert cost("[-3, -2, 5]").low == -3
    scenario = read_text("[tasks.a]\nduration = 1\n[tasks.b]\nduration = 1\nafter = [{task = 'a', lag = [-3, 0, 2]}]\n")
    assert scenario.tasks["b"].after[0].lag.low == -3


def test_truncation_makes_an_unbounded_duration_possible():
    assert duration("{shape = 'normal', mean = 20, sd = 5, min = 0}").support() == (0, math.inf)
    assert duration("{shape = 'trigen', low = 1, most_likely = 20, high = 21, min = 0}").support()[0] == 0


def test_truncation_of_what_has_one_value_is_dropped():
    assert duration("{value = 5, min = 0, max = 10}") == Constant(value=5, unit="d")


@given(
    st.floats(-100, 100),
    st.just(0.0) | st.floats(0.001, 100),
    st.floats(0.001, 100),
    st.just(0.0) | st.floats(0.001, 0.49),
    st.floats(0.51, 0.999) | st.just(1.0),
)
def test_the_ends_of_a_trigen_have_its_points_as_percentiles(low, left, right, below, above):
    mode, high = low + left, low + left + right
    a, b = Trigen(low=low, most_likely=mode, high=high, low_percentile=below, high_percentile=above).bounds()
    assert a <= low and high <= b
    width = b - a

    def cdf(x):
        if x <= mode and mode > a:
            return (x - a) ** 2 / (width * (mode - a))
        return 1 - (b - x) ** 2 / (width * (b - mode)) if b > mode else 1.0

    assert cdf(low) == pytest.approx(below, abs=1e-6)
    assert cdf(high) == pytest.approx(above, abs=1e-6)


def test_a_model_made_by_hand_is_checked_too():
    with pytest.raises(ScenarioError, match="RE202"):
        Pert(low=3, most_likely=2, high=1)
    with pytest.raises(ScenarioError, match="RE208"):
        Discrete(values=(1,), weights=())
