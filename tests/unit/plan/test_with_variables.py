"""A plan takes other values of its variables without being laid out for the core again."""

from dataclasses import replace

import numpy as np
import pytest

from riskengine import plan
from riskengine.kernel.contract.arrays import CONSTANT
from riskengine.scenario import read
from tests.support.places import ROOT
from tests.unit.plan.chains import differences


@pytest.mark.parametrize("name", ["ground-station", "plant-shutdown", "building-extension"])
def test_a_plan_with_other_variables_is_laid_out_as_if_anew(name):
    made = plan.compile(read(ROOT / "scenarios" / f"{name}.toml"))
    kinds = np.full_like(made.variables.kind, CONSTANT)
    fixed = made.variables._replace(kind=kinds, offset=made.estimates.plan_value.astype(np.float64))
    assert differences(made.with_variables(fixed), replace(made, variables=fixed)) == []
