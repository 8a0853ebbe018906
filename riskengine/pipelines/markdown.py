"""A summary in Markdown, as job summaries, merge requests and wikis show it."""

from collections.abc import Sequence

from riskengine.pipelines.result import ScenarioResult, label
from riskengine.report.text.markdown_text import MARK, escaped, table

SETTINGS = ("iterations", "method", "seed", "engine")
ANSWER_SIGNS = {"GO": "✅ GO", "NO-GO": "❌ NO-GO", "UNDECIDED": "❔ UNDECIDED"}


def summary_markdown(results: Sequence[ScenarioResult]) -> str:
    """Return the summary of what became of scenarios: a table over all where there are several, then one part each.

    Parameters
    ----------
    results : sequence of ScenarioResult
    """
    parts = [MARK]
    if len(results) > 1:
        parts.append(_overview(results))
    parts += [_part(result) for result in results]
    return "\n\n".join(parts) + "\n"


def _overview(results: Sequence[ScenarioResult]) -> str:
    lines = [["scenario", "project", "decision"]]
    lines += [[escaped(result.key), escaped(result.name), _decision(result)] for result in results]
    return f"## {len(results)} scenarios\n\n{table(lines)}"


def _decision(result: ScenarioResult) -> str:
    if result.problem:
        return "⛔ no answer"
    return ANSWER_SIGNS.get(result.decision, "no gates")


def _part(result: ScenarioResult) -> str:
    parts = [f"## {_decision(result)}: {escaped(result.name)}"]
    if result.problem:
        parts.append(escaped(result.problem))
    if result.issues:
        lines = [["place", "code", "fault", "cure"]]
        for issue in result.issues:
            place = issue.file if issue.line is None else f"{issue.file}:{issue.line}"
            fault = f"{issue.path}: {issue.rule}" if issue.path else issue.rule
            fault += f", got {issue.value}" if issue.value else ""
            lines.append([escaped(text) for text in (place, issue.code, fault, issue.cure)])
        parts.append(table(lines))
    if result.gates:
        lines = [["gate", "asks", "chance", "interval", "needed", "answer"]]
        for gate in result.gates:
            texts = (label(gate.gate, gate.name), gate.asks, gate.chance, gate.interval, gate.needed)
            lines.append([*(escaped(text) for text in texts), ANSWER_SIGNS[gate.answer]])
        parts.append(table(lines))
    for title, rows in result.tables.items():
        parts.append(f"### {title}\n\n{table([[escaped(cell) for cell in row] for row in rows])}")
    if result.facts:
        facts = result.facts
        settings = ", ".join(f"{name} {facts[name]}" for name in SETTINGS if name in facts)
        parts.append(escaped(f"{settings}; run {facts['run'][:12]}"))
    return "\n\n".join(parts)
