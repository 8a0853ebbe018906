"""What the benchmark of the report page asks of a page."""

import shutil

import pytest

from benchmarks.process import FailedError
from benchmarks.reporting import in_chromium

pytestmark = pytest.mark.skipif(shutil.which("chromium") is None, reason="needs chromium")


def test_a_page_that_answers_has_a_time_and_one_that_does_not_is_no_success(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<table><tr><th><button>Name</button></th></tr></table>")
    (figure,) = in_chromium("page", page, 1)
    assert 0 < figure.value < 60
    page.write_text("<p>nothing to press</p>")
    with pytest.raises(FailedError, match="nothing on the page answers"):
        in_chromium("page", page, 1)
