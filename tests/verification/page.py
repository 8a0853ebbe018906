"""The page of results, `docs/verification.md`."""

from tests.support.places import ROOT
from tests.verification.case import Case
from tests.verification.evaluate import LIMIT, Row

PAGE = ROOT / "docs/verification.md"

HEAD = """# Verification

The engine against numbers that are known without it. Written by `python -m tests.verification`; do not edit. Every
case runs with ten seeds (1 to 10) by the default sampling method. *Simulated* is the mean over the ten seeds and
*standard error* that mean's own, from the intervals that the engine prints; *z* is the difference in standard errors
and should look like a draw from a normal distribution. The SSI has no interval of its own, so its standard error is the
spread over the seeds. *Within* counts the seeds whose single run lies within
{limit:g} of its own standard errors of the truth: fewer than nine of ten fails the test. *Detects* is the error that
a single run's standard error would show, times {limit:g}. Times are in days, money in the unit of the source.
Schedule and network data come from others and are compared exactly, below.

## Distributions, networks, risks, joint cost and schedule

| case | quantity | exact | simulated | standard error | z | within | detects | source |
|---|---|---:|---:|---:|---:|---:|---:|---|
"""

EXACT = """
## Networks and schedules of others

| data | compared | equal | of |
|---|---|---:|---:|
"""

CASES_HEAD = """
## The cases

| case | what it is | iterations a seed |
|---|---|---:|
"""


def render(rows: list[Row], exact: list[tuple[str, str, int, int]]) -> str:
    """The page as text.

    Parameters
    ----------
    rows : list of Row
    exact : list of (data, what is compared, number equal, number compared)
    """
    cases: dict[str, Case] = {row.case.id: row.case for row in rows}
    worst = max(abs(row.pooled_z) for row in rows)
    within = sum(row.within for row in rows)
    total = sum(len(row.estimates) for row in rows)
    closing = (
        f"\n{len(rows)} quantities of {len(cases)} cases: {within} of {total} single runs lie within {LIMIT:g} of "
        f"their own standard errors, and the largest pooled |z| is {worst:.1f}.\n"
    )
    return (
        HEAD.format(limit=LIMIT)
        + "".join(line(row) for row in rows)
        + closing
        + EXACT
        + "".join(f"| {data} | {what} | {equal} | {count} |\n" for data, what, equal, count in exact)
        + CASES_HEAD
        + "".join(f"| {case.id} | {case.title} | {case.iterations} |\n" for case in cases.values())
    )


def line(row: Row) -> str:
    """One row of the table."""
    pooled, single = row.pooled, row.estimates[0]
    digits = decimals(pooled.error)
    cells = (
        row.case.id,
        row.quantity.name,
        f"{row.quantity.exact:.{digits + 1}f}",
        f"{pooled.value:.{digits + 1}f}",
        brief(pooled.error),
        f"{row.pooled_z:+.1f}",
        f"{row.within}/{len(row.estimates)}",
        brief(LIMIT * single.error),
        row.case.source,
    )
    return f"| {' | '.join(cells)} |\n"


def brief(error: float) -> str:
    """Two digits of a standard error, never with an exponent."""
    return "0" if error == 0 else f"{error:.{decimals(error) + 1}f}" if error < 10 else f"{error:.0f}"


def decimals(error: float) -> int:
    """Decimals that show the first digit of a standard error."""
    places = 0 if error else 1
    while error and places < 6 and error * 10**places < 1:
        places += 1
    return places


def parse(text: str) -> dict[tuple[str, str], tuple[float, float]]:
    """Case and quantity of every row of a page, with its exact and its simulated value."""
    table = text.split("|---|---|---:|", 1)[1].split("\n\n", 1)[0]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()[1:]]
    return {(row[0], row[1]): (float(row[2]), float(row[3])) for row in cells}
