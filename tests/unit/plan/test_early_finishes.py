"""Plans in which gains are kept, compiled again where a plan value changes."""

import tomllib

from riskengine import plan
from riskengine.scenario import parse
from tests.unit.plan.chains import differences

NET = """
schema = 1
name = "net"
start = 2027-03-01
[tasks.a]
duration = {duration}
early_finish_passed_on = {share}
[tasks.b]
duration = [3, 7, 9]
after = ["a"]
"""


def scenario(duration: str, share: float):
    return parse(tomllib.loads(NET.format(duration=duration, share=share)), "net")


def test_a_changed_duration_or_share_is_that_of_a_plan_compiled_anew():
    made = plan.compile(scenario("[4, 6, 12]", 0.5))
    for other in (scenario("[4, 7, 12]", 0.5), scenario("[4, 6, 12]", 0.25), scenario("[5, 8, 9]", 1)):
        assert differences(plan.changed(made, other), plan.compile(other)) == []
