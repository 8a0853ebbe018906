"""RE876 to RE896: work items of trackers, and lists of tasks in sheets."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

WORK_ITEMS: Mapping[str, Entry] = MappingProxyType(
    {
        "RE876": Entry(
            title="map of work items that says what cannot be",
            rule="must be what a map of work items can say",
            reason="A word that means two things, or a unit of what is no time, would change durations in silence.",
            example='[sprints]\n"Sprint 8" = "8 to 19 March"',
            cure="Print a built-in map with riskengine import --show-map jira, and write yours in the same form.",
        ),
        "RE877": Entry(
            title="no headings of work items",
            rule="a row of headings of the map must be among the first 30 rows",
            reason="Columns are known by their headings.",
            example="riskengine import burndown.csv --map jira --as-of 2027-03-08",
            cure="Choose another --map, or write the headings of this file into one of your own.",
        ),
        "RE878": Entry(
            title="headings of two tools",
            rule="headings must be those of one tool",
            reason="Times are seconds in one tool and hours in another.",
            example="Issue key,Summary,Issue Type,ID,Work Item Type,State",
            cure="Say which with --map.",
        ),
        "RE879": Entry(
            title="columns of work items missing or in conflict",
            rule="ids and titles must have columns, and columns of one thing must agree",
            reason="Of two values for one thing, one would be lost in silence.",
            example="Issue key,Summary,Story Points,Story point estimate\nPAY-1,Form,3,5",
            cure="Name the right column in a map: --show-map prints one.",
        ),
        "RE880": Entry(
            title="work items that cannot be read",
            rule="the file must be valid CSV or JSON, or a workbook",
            reason="Nothing is guessed in a file that breaks the grammar.",
            example='Issue key,Summary\nPAY-1,"Form',
            cure="Export it again; --encoding names the encoding of a CSV file.",
        ),
        "RE881": Entry(
            title="row of work items that is too long or too short",
            rule="a row must have as many cells as there are headings",
            reason="A separator inside a text without quotes moves all cells behind it.",
            example="#,Task,Hours,Predecessors,Owner\n5,Test,24,4FF+1d, 3,Ann",
            cure="Put quotes around texts that hold the separator.",
        ),
        "RE882": Entry(
            title="work item without an id of its own",
            rule="every item must have an id that no other has",
            reason="Relationships and parents name items by their ids.",
            example="Task ID,Name\n1.21143E+15,Form",
            cure="Export it again, and do not save it in a spreadsheet that makes numbers of ids.",
        ),
        "RE883": Entry(
            title="work item without an estimate",
            rule="every item that is to be done must have an estimate",
            reason="An item without one is not done in no time.",
            example="ID,Work Item Type,Title,State,Original Estimate\n107,Task,Show,New,",
            cure="Estimate it, or say with --missing 8h what such items take.",
        ),
        "RE884": Entry(
            title="points without a rule",
            rule="points must have a rule that says what one takes",
            reason="A point is no length of time until a team says what it takes.",
            example="ID,Team,Title,Canceled,Estimate\nA-1,Web,Form,,3",
            cure="Say what a point takes: --point 4h, or [points] hour = 4 in a map.",
        ),
        "RE885": Entry(
            title="amount of a work item that is not clear",
            rule="must be a length of time, or a number, that is clear",
            reason="Seconds taken for hours make a plan 3,600 times as long.",
            example="#,Task,Best,Likely,Worst\n1,Form,2,3,5",
            cure="Write the unit into the heading, Best (h), into the cell, 3d, or into a map.",
        ),
        "RE886": Entry(
            title="status that no map knows",
            rule="must be a status that the map knows",
            reason="Nobody can tell whether such an item is to be done.",
            example="ID,Work Item Type,Title,State\n7,Task,Form,Parked",
            cure="Write it under todo, doing, done or dropped of [status] in a map.",
        ),
        "RE887": Entry(
            title="date of a work item that is not clear",
            rule="must be a date that is clear",
            reason="12/03/2027 is in March or in December.",
            example="Issue key,Summary,Due date\nPAY-1,Form,12/03/2027",
            cure="Give --dates dmy, mdy or ymd, or export dates as 2027-03-12.",
        ),
        "RE888": Entry(
            title="predecessor that is no row",
            rule="must be the number of a row of the list, with type and lag where they are given: 3FS+2d",
            reason="In a list that is filtered or sorted, a number may be that of another task.",
            example="#,Task,Days,Predecessors\n1,Form,3,17FS+2d",
            cure="Export the whole list in its own order; write lags as 2d or 4h.",
        ),
        "RE889": Entry(
            title="work items in a circle",
            rule="no item must wait for itself, or be above itself",
            reason="What waits for itself never starts.",
            example="#,Task,Days,Predecessors\n1,Form,3,2\n2,Page,2,1",
            cure="Remove one of the relationships of the circle in the tracker.",
        ),
        "RE890": Entry(
            title="place in the tree of items that is not clear",
            rule="an item must have one parent, and a name must be that of one item",
            reason="Estimates of items with items below are left out, so that the tree decides what is counted.",
            example="Task ID,Name,Section/Column,Parent task\n1,Form,A,\n2,Form,A,\n3,Field,A,Form",
            cure="Rename one of them, or correct levels and outline numbers.",
        ),
        "RE891": Entry(
            title="work items without a data date",
            rule="work items need the date that they were exported at",
            reason="What is left is left from that day on; with today, one file would make another plan tomorrow.",
            example="riskengine import items.csv --map jira -o plan.toml",
            cure="Give --as-of 2027-03-08, or --start 2027-03-08 of a plan of which nothing has begun.",
        ),
        "RE892": Entry(
            title="progress of a work item beyond the data date",
            rule="what has started or finished must have done so by the data date",
            reason="What is in the future has not happened.",
            example="riskengine import items.csv --as-of 2027-03-01    # an item started on 2027-03-05",
            cure="Correct the date, or give the day of the export as --as-of.",
        ),
        "RE893": Entry(
            title="row that may be a total",
            rule="a row called a total must be the sum of the rows above, or have a number as a task has",
            reason="A total taken for a task doubles the work; a task taken for a total is lost.",
            example="Task,Days,Predecessors\nForm,3,\nPage,2,\nTotal,6,",
            cure="Remove the row, or give it another name.",
        ),
        "RE894": Entry(
            title="sprint without dates",
            rule="a sprint that tasks are held to must have dates",
            reason="Jira and Azure DevOps export the names of sprints alone.",
            example="riskengine import items.csv --map jira --as-of 2027-03-08 --sprints start",
            cure='Give them in a map: [sprints] "Sprint 8" = "2027-03-08..2027-03-19".',
        ),
        "RE895": Entry(
            title="no work item that is to be done",
            rule="the file must have items",
            reason="There is nothing to plan.",
            example="Issue key,Summary,Issue Type",
            cure="Export the open items, too: the filter of the export may leave them out.",
        ),
        "RE896": Entry(
            title="too many work items",
            rule="the file must be within the limits of an import",
            reason="What is larger cannot be read within the memory and the time that an import may take.",
            example="(a file of 600 MiB)",
            cure="Export fewer fields or fewer projects.",
        ),
    }
)
