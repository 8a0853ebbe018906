"""The part of a report about what people do with time that is left."""

from riskengine.errors.counting import counted
from riskengine.report.reading import rows
from riskengine.report.text.layout import paragraph
from riskengine.report.text.notation import chance
from riskengine.results.run import RunRecord


def section(run: RunRecord, width: int) -> list[str]:
    """Return the lines about early finishes; none where every task passes all of them on."""
    shares = [row["early_finish_passed_on"] for row in rows(run, "tasks", ("early_finish_passed_on",))]
    keeping = sorted(share for share in shares if share < 1)
    if not keeping:
        return []
    least, most = chance(keeping[0]), chance(keeping[-1])
    part = least if least == most else f"{least} to {most}"
    note = (
        f"{counted(len(keeping), 'task passes', 'tasks pass')} on {part} of what is gained against the plan value of a "
        "duration; the rest is worked away, at the same rates. Source: tasks.arrow."
    )
    return ["Early finishes", *paragraph(note, width, "  ")]
