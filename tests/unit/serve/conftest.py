"""A plan in a folder, read and run once for all tests."""

import pytest

from tests.unit.serve.plans import place, served, what_if


@pytest.fixture(scope="session")
def plan_file(tmp_path_factory):
    """The file of the plan."""
    return place(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="session")
def asked(plan_file):
    """The plan, ready to be asked."""
    return what_if(plan_file)


@pytest.fixture(scope="session")
def page(plan_file):
    """The plan as a page."""
    return served(plan_file)
