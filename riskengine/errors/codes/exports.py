"""RE720 to RE739: runs that are put together, and places that they are exported or written back to."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

EXPORTS: Mapping[str, Entry] = MappingProxyType(
    {
        "RE720": Entry(
            title="no runs found",
            rule="a path must be a results folder, or hold some",
            reason="Nothing would be exported, and nobody would notice.",
            example="riskengine export empty-folder/ --to parquet:out",
            cure="Name the folder that simulate or batch wrote to, such as results/.",
        ),
        "RE721": Entry(
            title="two runs of one key",
            rule="the name of a results folder with its status date must name one run",
            reason="The rows of one of the two would be lost, or both would count.",
            example="riskengine export january/plan february/plan --to parquet:out   # both of one status date",
            cure="Rename one of the folders, or leave it out.",
        ),
        "RE722": Entry(
            title="unknown place to export to",
            rule="--to must be a format, a colon and a place, such as parquet:out",
            reason="The format is never guessed from a name.",
            example="riskengine export results/ --to out.parquet",
            cure="riskengine export --help lists the formats; see docs/exporting.md for addresses of databases.",
        ),
        "RE723": Entry(
            title="place is not ours to replace",
            rule="an existing place must hold an export, and nothing else",
            reason="Anything else in it would be lost.",
            example="riskengine export results/ --to parquet:/home",
            cure="Choose another place, or move away what is there.",
        ),
        "RE724": Entry(
            title="export was changed, or is of another kind",
            rule="what is added to must be as an export of the same format, tables and columns left it",
            reason="Old and new rows would not belong together.",
            example="rm out/fact_task/*/*/*; riskengine export results/ --to parquet:out",
            cure="Choose another place, or have it written anew, from the runs you name, with --force.",
        ),
        "RE725": Entry(
            title="export lost rows",
            rule="as many rows must be read back as were written",
            reason="A table that lacks rows answers wrongly without a word.",
            example="(a disk or a database that drops what it is given)",
            cure="Export to another place; nothing was changed in this one.",
        ),
        "RE726": Entry(
            title="library of a format missing",
            rule="the library that writes a format must be installed",
            reason="Not everybody exports to databases or workbooks, so these libraries come on request.",
            example="riskengine export results/ --to duckdb:runs.duckdb   # without duckdb",
            cure="Run pip install '.[bi]' in riskengine's own folder, or export to Parquet or CSV.",
        ),
        "RE727": Entry(
            title="database refuses",
            rule="the database must take what is written to it",
            reason="It is open in another program, full, damaged, or not one of this kind; it is as it was before.",
            example="riskengine export results/ --to duckdb:plan.toml",
            cure="Close the file in other programs, or see to the server, and try again; or choose another place.",
        ),
        "RE728": Entry(
            title="too much for a workbook",
            rule="a worksheet must take all rows of its table, and a cell its text, its number or its date",
            reason="Excel ends at 1,048,576 rows and 32,767 characters, has no infinity, and its dates begin in 1900.",
            example="riskengine export results/ --to xlsx:runs.xlsx --table fact_iteration",
            cure="Export to Parquet or DuckDB, or leave tables out: name those that you want with --table.",
        ),
        "RE729": Entry(
            title="runs would be lost",
            rule="a place that is written as a whole must get all runs that it holds",
            reason="A workbook cannot be added to: what is not named again would be gone.",
            example="riskengine export results/plan-b --to xlsx:runs.xlsx   # which holds plan-a",
            cure="Name the results of all runs, or have the others dropped with --force.",
        ),
        "RE730": Entry(
            title="text that a database has no place for",
            rule="no text that goes to PostgreSQL may contain the character U+0000",
            reason="PostgreSQL ends texts with it; another text than that of the plan would answer to questions.",
            example='"name": "Dig\\u0000"   # in a scenario, then export to postgresql://',
            cure="Take the character out of the scenario and simulate again, or export to Parquet or DuckDB.",
        ),
        "RE731": Entry(
            title="scenario that was not imported",
            rule="dates are written back into the file that the scenario was imported from, so there must be one",
            reason="Ids of tasks in another file say nothing of the tasks of this run.",
            example="riskengine export results/minimal --to xer:out.xer   # written by hand",
            cure="Import the schedule with riskengine import, and simulate the scenario that it makes.",
        ),
        "RE732": Entry(
            title="file of another plan",
            rule="the file must be the one that the scenario of the run was imported from: same project, date, tasks",
            reason="Dates of one plan, or of one status, would stand at the tasks of another.",
            example="riskengine export results/may --to xer:out.xer --source june.xer",
            cure="Name the file of the run with --source; its name is source_file in project.arrow.",
        ),
        "RE733": Entry(
            title="imported file not found",
            rule="the file that the scenario was imported from must be there",
            reason="Its copy is what the dates go into; a results folder has only its name.",
            example="riskengine export results/plan --to xer:out.xer   # in a folder without plan.xer",
            cure="Name it with --source.",
        ),
        "RE734": Entry(
            title="file of another format",
            rule="the file must be of the format that is written: xer: takes XER, mspdi: XML of Microsoft Project",
            reason="A copy has every byte of the file but for the dates; nothing is converted.",
            example="riskengine export results/plan --to mspdi:out.xml --source plan.xer",
            cure="Choose the other format, or have the tool save its schedule as XER or XML and import that.",
        ),
        "RE735": Entry(
            title="no room for the dates",
            rule="the file must have room for four date fields of tasks, under labels that nothing else has",
            reason="Anything that stood there would be lost, or the tool would not read the file.",
            example="riskengine export results/plan --to mspdi:out.xml   # all of Date1 to Date10 in use",
            cure="Free or rename the fields in the tool, save, import and simulate again.",
        ),
        "RE736": Entry(
            title="file to write exists already",
            rule="the file to write dates into must not exist, or must hold just what would be written",
            reason="It may hold a plan, even the one that was imported.",
            example="riskengine export results/plan --to xer:plan.xer",
            cure="Write to another file, or say --force to replace it.",
        ),
        "RE737": Entry(
            title="dates of several runs",
            rule="dates are written back from one results folder, whole",
            reason="A file has room for the dates of one run.",
            example="riskengine export results/may results/june --to xer:out.xer",
            cure="Name one results folder, and no --table.",
        ),
        "RE738": Entry(
            title="database of a newer version",
            rule="the tables of a database must be of this version of riskengine, or of an older one",
            reason="What a newer one added would be missing in the rows of this one without a word.",
            example="riskengine export results/ --to duckdb:runs.duckdb   # made by a newer riskengine",
            cure="Install that version or a newer one, or choose another place.",
        ),
        "RE739": Entry(
            title="run not in the history",
            rule="the history must hold the run whose report is asked for",
            reason="A trend that ends with another run would be taken for that of this one.",
            example="riskengine report results/plan -o plan.html --history history.duckdb   # made before this run",
            cure="Add the run first: riskengine history results/plan -o history.duckdb.",
        ),
    }
)
