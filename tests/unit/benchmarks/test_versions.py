"""Two checkouts are measured turn by turn, each with its own package."""

import pytest

from benchmarks import versions
from tests.support.places import ROOT


def test_a_checkout_against_itself_gives_two_times_of_each():
    here = ROOT
    before, after = versions.compare(here, "small", "lhs", 2)
    assert before > 0 and after > 0


def test_a_folder_without_the_package_is_said(tmp_path):
    with pytest.raises(SystemExit, match="could not be run"):
        versions.start(tmp_path, "small", "lhs")
