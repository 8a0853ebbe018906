"""An effect of risks that nobody has heard of, declared in the model: a plan never takes a change of it for none."""

import json

from tests.support.changed_package import changed_package, output_of

WEAR = '    wear: Annotated[AnyEstimate | None, Amount("Wears off.", "factor")] = None\n'
LINES = {"model/risk.py": [("    cost: Annotated[AnyEstimate", WEAR)]}
PROGRAM = """
import json, sys, tomllib
from riskengine.plan.difference import difference
from riskengine.scenario import parse

def scenario(wear):
    text = 'schema = 1\\nname = "T"\\nstart = 2027-03-01\\n[tasks.a]\\nduration = 5\\n[risks.R]\\nprobability = 0.5\\n'
    return parse(tomllib.loads(text + f"impacts.a = {{ delay = 1, wear = {wear} }}\\n"), "plan.toml")

json.dump(difference(scenario(1.1), scenario(1.2)).impacts, sys.stdout)
"""


def test_a_change_of_an_effect_is_noticed_whatever_its_kind(tmp_path):
    assert json.loads(output_of(changed_package(tmp_path, {}, LINES), PROGRAM)) == [["R", "a", "wear"]]
