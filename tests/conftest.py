"""Which tests are `fast`: those of the rooms one by one, in the process that runs them."""

import signal
from pathlib import Path

import pytest
from hypothesis import settings

HERE = Path(__file__).parent

settings.register_profile("untimed", deadline=None)
settings.load_profile(
    "untimed"
)  # a test says what is right, not how fast: on a busy machine a deadline fails by chance

FAST = ("unit", "spec")
"""Folders and files whose tests answer at once, but for what stands below."""

THOROUGH = (
    "spec/test_hostile_size.py",
    "spec/test_mutations.py",
    "unit/analysis/statistics/test_percentile.py",
    "unit/analysis/test_decision.py",
    "unit/benchmarks",
    "unit/cli",
    "unit/code_pages/test_guess.py",
    "unit/engine",
    "unit/export",
    "unit/importers/mpxj",
    "unit/importers/msproject/test_baseline.py",
    "unit/importers/msproject/test_user_fields.py",
    "unit/importers/p6/test_cut_files.py",
    "unit/importers/p6/test_mutated_files.py",
    "unit/importers/p6/test_pmxml.py",
    "unit/importers/register/test_files.py",
    "unit/importers/register/test_mutations.py",
    "unit/importers/register/test_values.py",
    "unit/importers/register/test_view.py",
    "unit/importers/sheets/test_real_writers.py",
    "unit/importers/test_additions.py",
    "unit/importers/test_mutated_xml.py",
    "unit/importers/test_stored_handshake.py",
    "unit/importers/test_worst_files.py",
    "unit/kernel",
    "unit/pages/test_brief.py",
    "unit/pages/test_browser.py",
    "unit/pages/test_payloads.py",
    "unit/pages/test_pdf.py",
    "unit/pages/test_perspective.py",
    "unit/pages/test_portfolio_browser.py",
    "unit/pages/test_slides.py",
    "unit/pipelines/test_workflow.py",
    "unit/plan/test_changed.py",
    "unit/plan/test_limits.py",
    "unit/plan/variables/test_distribution_oracle.py",
    "unit/plan/variables/test_table.py",
    "unit/plan/variables/test_table_error.py",
    "unit/python_api/test_garbage.py",
    "unit/python_api/test_typing.py",
    "unit/results",
    "unit/scenario/grammar/test_locate.py",
    "unit/scenario/tables/test_workbooks.py",
    "unit/scenario/test_lean.py",
    "unit/scenario/test_mutations.py",
    "unit/schedule/test_catalogue_examples.py",
    "unit/schedule/test_shock_runs.py",
    "unit/star/test_real_runs.py",
    "unit/write_back",
)
"""They compile the core, start processes by the dozen, read large files, or measure what a process takes."""


def pytest_configure() -> None:
    """Hear Ctrl-C where a shell started the tests in the background, which programs that they start would ignore."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the fast tests; what is `slow` is not."""
    for item in items:
        path = item.path.relative_to(HERE).as_posix()
        if is_below(path, FAST) and not is_below(path, THOROUGH) and item.get_closest_marker("slow") is None:
            item.add_marker(pytest.mark.fast)


def is_below(path: str, places: tuple[str, ...]) -> bool:
    """Whether a path is one of these places, or lies in one."""
    return any(path == place or path.startswith(place + "/") for place in places)
