"""A run for a notebook: its words, the picture of its finish, its percentiles. Every text is escaped."""

from collections.abc import Sequence

from riskengine.report.reading import PROJECT, has_cost, shown_percentiles
from riskengine.report.summary.words import sentences
from riskengine.report.text.markup import escaped
from riskengine.report.text.notation import day, days, money, span
from riskengine.report.text.picture import finish_picture
from riskengine.results.run import RunRecord


def run_html(run: RunRecord) -> str:
    """Return a run as HTML without scripts and styles of its own.

    Parameters
    ----------
    run : RunRecord
    """
    manifest = run.manifest
    facts = f"{manifest['iterations']:,} iterations, method {manifest['method']}, seed {manifest['seed']}"
    parts = [f"<p><strong>{escaped(manifest['name'])}</strong><br/>{escaped(facts)}</p>"]
    parts += [f"<p>{escaped(sentence)}</p>" for sentence in sentences(run)]
    parts += [finish_picture(run), _percentile_table(run)]
    return f"<div>{''.join(parts)}</div>"


def _percentile_table(run: RunRecord) -> str:
    currency, with_cost = run.manifest["currency"], has_cost(run)
    costs = {point["percentile"]: point for point in shown_percentiles(run, PROJECT, "cost")} if with_cost else {}
    lines = [["", "no later than", "95% interval", "working days", *(["no more than"] if with_cost else [])]]
    for point in shown_percentiles(run, PROJECT, "finish"):
        percent = point["percentile"]
        cells = [f"P{percent:g}", day(point["instant"]), span(point["instant_ci_low"], point["instant_ci_high"])]
        cells.append(days(point["value"]))
        lines.append([*cells, *([money(costs[percent]["value"], currency)] if with_cost else [])])
    head, *body = lines
    return (
        f"<table><thead>{_row(head, 'th')}</thead><tbody>{''.join(_row(cells, 'td') for cells in body)}</tbody></table>"
    )


def _row(cells: Sequence[str], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{escaped(cell)}</{tag}>" for cell in cells) + "</tr>"
