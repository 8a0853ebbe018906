"""A summary in Markdown, as job summaries, merge requests and wikis show it.

Text of others is written so that no dialect can take it for markup: what is punctuation to one becomes a character
reference, which is read as text and never as structure.
"""

import re
from collections.abc import Sequence

from riskengine.pipelines.result import ScenarioResult, label
from riskengine.report.notation import clean

MARK = "<!-- riskengine -->"
"""What tells a file of ours."""

MARKUP = re.compile(r"[^\w \-,()%/';?+]|_|(?<!\w)[-+](?!\d)|^\d+(?=\))|/(?=/)", re.ASCII)
"""What may be markup: all but letters, digits and signs that mean nothing amid a line."""

APART = frozenset("@#")
"""Signs that make a mention or a reference of the word behind them after Markdown was read: tags keep the two apart."""

SETTINGS = ("iterations", "method", "seed", "engine")
ANSWER_SIGNS = {"GO": "✅ GO", "NO-GO": "❌ NO-GO", "UNDECIDED": "❔ UNDECIDED"}


def escaped(text: object) -> str:
    """Return text on one line that Markdown, HTML and a table's cell show as it is.

    Parameters
    ----------
    text : object
        Anything; names from scenario files are not to be trusted.
    """
    return re.sub(r"[^\x00-\x7f]+|[\x00-\x7f]+", _escaped_part, clean(text).strip())


def _escaped_part(part: re.Match[str]) -> str:
    return MARKUP.sub(_reference, part.group()) if part.group().isascii() else part.group()


def _reference(sign: re.Match[str]) -> str:
    text = "".join(f"&#{ord(character)};" for character in sign.group())
    return f"<span>{text}</span>" if sign.group() in APART else text


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
    return f"## {len(results)} scenarios\n\n{_table(lines)}"


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
        parts.append(_table(lines))
    if result.gates:
        lines = [["gate", "asks", "chance", "interval", "needed", "answer"]]
        for gate in result.gates:
            texts = (label(gate.gate, gate.name), gate.asks, gate.chance, gate.interval, gate.needed)
            lines.append([*(escaped(text) for text in texts), ANSWER_SIGNS[gate.answer]])
        parts.append(_table(lines))
    for title, rows in result.tables.items():
        parts.append(f"### {title}\n\n{_table([[escaped(cell) for cell in row] for row in rows])}")
    if result.facts:
        facts = result.facts
        told = ", ".join(f"{name} {facts[name]}" for name in SETTINGS if name in facts)
        parts.append(escaped(f"{told}; run {facts['run'][:12]}"))
    return "\n\n".join(parts)


def _table(lines: Sequence[Sequence[str]]) -> str:
    """Lay out rows of cells that are escaped already; the first one names the columns."""
    heading, *body = lines
    rule = ["---"] * len(heading)
    return "\n".join("| " + " | ".join(line) + " |" for line in (heading, rule, *body))
