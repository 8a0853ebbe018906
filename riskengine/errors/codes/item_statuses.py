"""RE612 to RE621 and RE635: the next export of a plan of work items, histories of what was done, back-tests."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

ITEM_STATUSES: Mapping[str, Entry] = MappingProxyType(
    {
        "RE612": Entry(
            title="status of a plan that has none to compare with",
            rule="the plan of --update must be one that was imported from work items",
            reason="What has changed is told against what the last import said.",
            example="riskengine import items-june.csv --as-of 2027-06-01 --update risks.toml -o june.toml",
            cure="Name the scenario that riskengine import wrote, or a file that extends it, of one project.",
        ),
        "RE613": Entry(
            title="status before the plan",
            rule="the data date of a status must not be before that of the plan",
            reason="What is done by the plan's data date would be open again.",
            example="riskengine import items.csv --as-of 2027-03-01 --update plan-june.toml -o march.toml",
            cure="Give --update the status before, or the right --as-of.",
        ),
        "RE614": Entry(
            title="export of another plan",
            rule="the export must have items of the plan that it is a status of",
            reason="Every task of the plan would be taken out, and every item added.",
            example="riskengine import other-project.csv --as-of 2027-06-01 --update plan.toml -o june.toml",
            cure="Export the same project or filter, with the same column of ids.",
        ),
        "RE615": Entry(
            title="history of items that were closed in bulk",
            rule="the dates of done items are not when they were done: most were closed on one day",
            reason="A pace made of such dates is that of clicking, not of working.",
            example="riskengine import done.csv --map jira --as-of 2027-03-01 --history 1w    # 25 of 39 on 26 Feb",
            cure="Use a column of when work ended, named in a map, or say --bulk keep.",
        ),
        "RE616": Entry(
            title="history of work items that is too short",
            rule="a history must have 6 whole periods",
            reason="Fewer say next to nothing about bad periods.",
            example="riskengine import items.csv --map jira --as-of 2027-03-08 --history 4w    # of two months",
            cure="Take shorter periods, or export items that were done longer ago.",
        ),
        "RE617": Entry(
            title="no dates of done items",
            rule="the file must have a column that says when items were done",
            reason="What was done in a week is told by the dates of done items alone.",
            example="Issue key,Status,Created\nPAY-1,Done,07/Dec/26 9:00 AM",
            cure="Export all fields, or name the column in a map: finish.",
        ),
        "RE618": Entry(
            title="items that have no pace",
            rule="items must have been done before, with the dates of it, to tell a pace",
            reason="Nobody can say how fast a team is that has got nothing done yet.",
            example="riskengine import items.csv --map jira --as-of 2027-03-08 --history 1w --by team",
            cure="Leave --by out, or export what was done, too.",
        ),
        "RE619": Entry(
            title="too few dates for a back-test",
            rule="a back-test must have 10 forecasts of one question whose outcome is known",
            reason="Of fewer, nobody can tell whether eight of ten lay within their bounds by luck.",
            example="riskengine backtest done.csv --map jira --as-of 2027-03-08    # eleven weeks of history",
            cure="Export items that were done longer ago, or take shorter periods: --history 1d.",
        ),
        "RE621": Entry(
            title="near epic that is not in the file",
            rule="what --near names must be an item of the file",
            reason="Its items would be counted as left to do, and not be planned one by one.",
            example="riskengine import items.csv --as-of 2027-03-08 --history 1w --near PAY-999",
            cure="Name the id of an epic, or of an item, as the file has it.",
        ),
        "RE635": Entry(
            title="status of a plan with backlogs",
            rule="items of a plan with backlogs are counted, not compared one by one",
            reason="Items that its backlogs count already would be tasks beside them, and done twice.",
            example="riskengine import items-june.csv --as-of 2027-06-01 --update plan.toml -o june.toml",
            cure="Give --history and --by as for the plan.",
        ),
    }
)
