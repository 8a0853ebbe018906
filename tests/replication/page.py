"""What a study found, in words: failing cells on the terminal, tables in `docs/`."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from statistics import median

from tests.replication.model import load
from tests.replication.pool import Pool, kind, pools, undecided
from tests.replication.study import ITERATIONS, METHODS, Progress
from tests.replication.tally import POWER_AT, Cell
from tests.support.places import ROOT

DOCS = ROOT / "docs"
RESULTS, WHOLE = DOCS / "results.md", DOCS / "replication.md"
BEGIN = "<!-- coverage: written by python -m tests.replication --write-doc -->"
END = "<!-- end of the coverage -->"
SHORT = (64, 256, 1_000, 2_560, 10_240, 40_960)
"""Numbers of iterations in the short table."""
FEWEST_SEEDS = 100
"""Seeds below which the documents give no percentage."""

Cells = list[tuple[Progress, Cell]]


def width_words(width: float) -> str:
    """A width over what the spread needs, or a dash."""
    if math.isnan(width):
        return "-"
    return "open" if math.isinf(width) else f"{width:.2f}"


def cell_line(progress: Progress, cell: Cell) -> str:
    """One cell in one line."""
    setting = progress.setting
    size = f"until {setting.iterations:,}" if setting.is_until else f"{setting.iterations:,}"
    return (
        f"{cell.verdict:22} {setting.model} {setting.method} {size}: {cell.name}: covers {100 * cell.coverage:.1f} % "
        f"of {cell.count:,}, width {width_words(cell.width)}, zero {100 * cell.zero:.0f} %, open "
        f"{100 * cell.open_ends:.0f} %"
    )


def lines(found: list[Progress], has_all: bool = False) -> Iterator[str]:
    """Cells that failed, or all of them, and how many there are of each verdict."""
    for progress, cell in pairs(found):
        if has_all or cell.is_failed:
            yield cell_line(progress, cell)
    joined = pools(found)
    yield from (pool_line(each) for each in joined if has_all or each.is_failed)
    yield verdicts(found)
    yield pool_words(joined)


def pool_line(each: Pool) -> str:
    """One pool in one line."""
    size = "any number" if each.iterations is None else f"{each.iterations:,}"
    return (
        f"{each.verdict:22} all models {each.method} {size}: {each.kind}: covers {100 * each.coverage:.1f} % of "
        f"{each.runs:,}"
    )


def pool_words(joined: list[Pool]) -> str:
    """How many kinds of number the models decide together."""
    by_size = [each for each in joined if each.iterations is not None]
    whole = [each for each in joined if each.iterations is None]
    of_size = sum(each.verdict != "undecided" for each in by_size)
    still_open = undecided(joined)
    words = (
        f"All models together tell 92 % from 95 % for {of_size:,} of {len(by_size):,} kinds of number by method and "
        f"number of iterations, and over all numbers of iterations for {len(whole) - len(still_open)} of {len(whole)}"
    )
    names = ", ".join(f"{each.kind} ({each.method})" for each in still_open)
    return f"{words}; not for {names}." if names else f"{words}."


def verdicts(found: list[Progress]) -> str:
    """How many cells there are of each verdict."""
    count = Counter(cell.verdict for _, cell in pairs(found))
    return ", ".join(f"{number:,} {verdict}" for verdict, number in count.most_common())


def pairs(found: list[Progress]) -> Cells:
    """Every cell with its setting."""
    return [(progress, cell) for progress in found for cell in progress.cells]


def coverage_words(cells: Iterable[Cell]) -> str:
    """Median coverage and the worst, in percent, where there are enough seeds to speak of percents."""
    shares = [100 * cell.coverage for cell in cells if cell.count >= FEWEST_SEEDS]
    if not shares:
        return "-"
    return f"{median(shares):.1f}" if len(shares) == 1 else f"{median(shares):.1f} ({min(shares):.1f})"


def table(rows: list[tuple[str, ...]], heads: tuple[str, ...]) -> list[str]:
    """A table in Markdown."""
    return [f"| {' | '.join(row)} |" for row in (heads, ("---",) * len(heads), *rows)]


def short_table(found: list[Progress]) -> list[str]:
    """One row for each kind of estimate, one column for each method and number of iterations."""
    all_cells = pairs(found)
    kinds = sorted({kind(progress.setting, cell) for progress, cell in all_cells})
    text: list[str] = []
    for method in METHODS:
        mine = [(p, c) for p, c in all_cells if p.setting.method == method]
        rows = []
        for name in kinds:
            of_kind = [(p, c) for p, c in mine if kind(p.setting, c) == name]
            at = [coverage_words(c for p, c in of_kind if p.setting.iterations == n) for n in SHORT]
            rows.append((name, *at, widths([c for p, c in of_kind if p.setting.iterations == POWER_AT])))
        heads = (f"`{method}`", *(f"{n:,}" for n in SHORT), f"width at {POWER_AT:,}")
        text += [*table(rows, heads), ""]
    return text


def widths(cells: list[Cell]) -> str:
    """Median and largest width over what the spread of the estimate needs."""
    numbers = [cell.width for cell in cells if not math.isnan(cell.width) and cell.count >= FEWEST_SEEDS]
    return f"{width_words(median(numbers))} ({width_words(max(numbers))})" if numbers else "-"


def whole_table(found: list[Progress]) -> list[str]:
    """One row for each model and kind of estimate, a table for each method."""
    text: list[str] = []
    for method in METHODS:
        mine = [(p, c) for p, c in pairs(found) if p.setting.method == method]
        rows = []
        for model, name in sorted({(p.setting.model, kind(p.setting, c)) for p, c in mine}):
            of_row = [(p, c) for p, c in mine if p.setting.model == model and kind(p.setting, c) == name]
            at = [coverage_words(c for p, c in of_row if p.setting.iterations == n) for n in ITERATIONS]
            runs = max(c.count for _, c in of_row)
            width = widths([c for p, c in of_row if p.setting.iterations == POWER_AT])
            rows.append((model, name, *at, width, f"{runs:,}"))
        heads = ("model", "estimate", *(f"{n:,}" for n in ITERATIONS), f"width at {POWER_AT:,}", "seeds, at most")
        text += [f"## `{method}`", "", *table(rows, heads), ""]
    return text


def models_table(names: Iterable[str]) -> list[str]:
    """The models, and where their true values come from."""
    rows = [(f"`{name}`", load(name).title, load(name).source) for name in names]
    return table(rows, ("model", "what it is", "true values"))


def failing_table(found: list[Progress]) -> list[str]:
    """The cells that failed: a line for each estimate, with its coverage by iterations."""
    groups: dict[str, list[str]] = {}
    for progress, cell in pairs(found):
        if cell.is_failed:
            setting = progress.setting
            name = f"`{setting.model}`, {setting.method}, {kind(progress.setting, cell)}: {cell.name}: {cell.verdict}"
            number = f"{setting.iterations:,} ({100 * cell.coverage:.1f} %, width {width_words(cell.width)})"
            groups.setdefault(name, []).append(number)
    of_all = [f"- {pool_line(each).strip()}" for each in pools(found) if each.is_failed]
    if of_all:
        return ["Kinds that fail over all models:", "", *of_all, "", *failing_cells(groups)]
    return failing_cells(groups)


def failing_cells(groups: dict[str, list[str]]) -> list[str]:
    """The lines of what failed, by estimate."""
    if not groups:
        return ["No cell fails.", ""]
    return ["Cells that fail:", "", *(f"- {name}: {', '.join(numbers)}" for name, numbers in groups.items()), ""]


HEAD = """# How often the intervals hold the truth

Written by `python -m tests.replication --write-doc`, which takes an hour on two cores. Each model is run with many
seeds; a cell says in how many percent of the runs the printed 95 % interval held the true value: the median over the
estimates of the row, and in brackets the worst. A *decision* is right where a gate was not failed although what it
asks is true, nor passed although it is false; gates ask for exactly the true probability, for 0.4 and 3 points more,
and for as much less. The width is that of the interval over what the spread of the estimate itself needs (3.92 standard
deviations), median and largest, at 10,240 iterations; `open` has an end that the sample cannot give.
`tests/replication/tally.py` says what passes and what fails, and with what probability of error."""


def extent(found: list[Progress]) -> str:
    """How many runs there were, and whether they were enough."""
    counts = [progress.tally.count for progress in found]
    words = f"{sum(counts):,} runs: {min(counts):,} to {max(counts):,} seeds a setting. "
    joined = pools(found)
    if undecided(joined):
        words += "**This study was cut short.** "
    return f"{words}{pool_words(joined)} Cells by verdict: {verdicts(found)}."


def write(found: list[Progress]) -> None:
    """Write the tables into the documents."""
    names = tuple(dict.fromkeys(progress.setting.model for progress in found))
    parts = [HEAD, "", extent(found), "", *failing_table(found), "## Models", "", *models_table(names), ""]
    WHOLE.write_text("\n".join([*parts, *whole_table(found)]).rstrip() + "\n", encoding="utf-8")
    before, _, rest = RESULTS.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    RESULTS.write_text(
        f"{before}{BEGIN}\n\n{extent(found)}\n\n" + "\n".join(short_table(found)) + END + after, encoding="utf-8"
    )


def models_of(document: str) -> tuple[str, ...]:
    """The models that a document was written from, in its order."""
    _, _, part = document.partition("## Models")
    part, _, _ = part.partition("\n## ")
    return tuple(line.split("`")[1] for line in part.splitlines() if line.startswith("| `"))
