"""Annotations of GitHub for what became of scenarios."""

from collections.abc import Sequence

from riskengine.pipelines.result import ScenarioResult, label
from riskengine.pipelines.workflow_commands import annotation


def annotations(results: Sequence[ScenarioResult]) -> list[str]:
    """Return one command for each fault and for each gate that does not pass, in the order of the scenarios."""
    lines = []
    for result in results:
        for issue in result.issues:
            rule = f"{issue.path}: {issue.rule}" if issue.path else issue.rule
            message = f"{rule}, got {issue.value}" if issue.value else rule
            message += f"; {issue.cure}" if issue.cure else ""
            lines.append(annotation(message, issue.code, issue.file or result.scenario, issue.line))
        if result.problem and not result.issues:
            lines.append(annotation(result.problem, result.code or "no answer", result.scenario))
        for gate in result.gates:
            if gate.answer != "GO":
                title = f"{gate.answer} {label(gate.gate, gate.name)}"
                lines.append(annotation(f"{gate.sentence} {gate.doubt}", title, *gate.place))
    return lines
