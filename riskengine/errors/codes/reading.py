"""RE1xx: reading files, and what every field has in common."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

READING: Mapping[str, Entry] = MappingProxyType(
    {
        "RE101": Entry(
            title="file cannot be opened",
            rule="the file must exist and be readable",
            reason="A scenario, the one it extends and its tables are all needed to compute anything.",
            example='extends = "nowhere.toml"',
            cure="Check the spelling of the name; it is taken from the folder of the file that names it.",
        ),
        "RE102": Entry(
            title="not UTF-8 text",
            rule="the file must be UTF-8 text",
            reason="A guessed encoding changes names. Only tables, which spreadsheets save in code pages, are read by "
            "one, and it is said; damaged UTF-8 is none.",
            example="name = <a byte that is not UTF-8>",
            cure="Save the file as UTF-8; in a spreadsheet choose 'CSV UTF-8'.",
        ),
        "RE103": Entry(
            title="file too large",
            rule="a TOML file or a CSV register must be at most 16 MiB, a JSON file, a table or a workbook 64 MiB",
            reason="Larger files are mistakes or attacks; 20 000 tasks need about 2 MiB. So are more "
            "relationships, or members of correlations, than any plan has.",
            example="(a scenario file of 20 MiB)",
            cure="Move the tasks to a CSV table, or split the programme into projects.",
        ),
        "RE104": Entry(
            title="nested too deeply",
            rule="tables and lists must be nested at most 64 levels deep",
            reason="No field of the format needs more than six levels, and deeper ones exhaust the reader.",
            example="name = [[[[... 65 brackets ...]]]]",
            cure="Take the superfluous brackets out.",
        ),
        "RE105": Entry(
            title="not TOML",
            rule="the file must be valid TOML",
            reason="Nothing is guessed in a file that breaks the grammar.",
            example="[tasks.design]\nduration = [20, 25,, 40]",
            cure="Look at the line and column given; text needs quotes, and lists commas between their values.",
        ),
        "RE106": Entry(
            title="id or key twice",
            rule="a key must be given once",
            reason="Of two tasks of one id, or two values of one field, one would be lost in silence.",
            example="[tasks.design]\nduration = 5\n[tasks.design]\nduration = 6",
            cure="Remove one of the two, or give it an id of its own.",
        ),
        "RE107": Entry(
            title="not JSON",
            rule="the file must be valid JSON",
            reason="Nothing is guessed in a file that breaks the grammar.",
            example='{"schema": 1,}',
            cure="Look at the line and column given. People usually write TOML; JSON is the resolved form.",
        ),
        "RE108": Entry(
            title="unknown kind of file",
            rule="a scenario must be a .toml or a .json file",
            reason="The name says how to read it.",
            example='extends = "plan.yaml"',
            cure="Rename the file, or convert it to TOML.",
        ),
        "RE109": Entry(
            title="version of the format missing",
            rule="the file must say schema = 1",
            reason="Later versions of the format must be able to tell what was meant.",
            example='(a file without the line "schema = 1")',
            cure='Add the line "schema = 1" at the top of the file.',
        ),
        "RE110": Entry(
            title="unknown version of the format",
            rule="schema must be 1",
            reason="This version of riskengine does not know what a later format means.",
            example="schema = 2",
            cure="Update riskengine, or write schema = 1 for the format that this version documents.",
        ),
        "RE111": Entry(
            title="unknown key",
            rule="must be a key that the format knows",
            reason="A misspelt key would otherwise be ignored in silence, and its value with it.",
            example="[tasks.design]\nduration = 5\ncalender = 'standard'",
            cure="Correct the spelling, or remove the key.",
        ),
        "RE112": Entry(
            title="key missing",
            rule="must be given",
            reason="There is no safe default for it.",
            example='[tasks.design]\nname = "Detailed design"',
            cure="Add the key; docs/scenario-format.md says what it takes.",
        ),
        "RE113": Entry(
            title="wrong type",
            rule="must be of the type that the format gives",
            reason="Nothing is converted in silence.",
            example='[tasks.design]\nduration = 5\ntags = "civil"',
            cure="Write the value in the type asked for: text in quotes, lists in brackets, tables in braces.",
        ),
        "RE114": Entry(
            title="text too long",
            rule="an id must be at most 200 characters, a name 500, other text 10 000",
            reason="Longer ones break tables and reports.",
            example='[tasks.design]\nduration = 5\nname = "(600 characters)"',
            cure="Shorten it.",
        ),
        "RE115": Entry(
            title="id that cannot be used",
            rule="an id must be visible text without spaces around it and without a slash",
            reason="Ids name the streams of random numbers, the rows of tables and the relationships.",
            example='[tasks."a/b"]\nduration = 5',
            cure="Rename it: letters, digits, spaces inside, '-', '_' and '.' are fine.",
        ),
        "RE116": Entry(
            title="extends in a circle",
            rule="a scenario must not extend itself",
            reason="There is no first file to begin with.",
            example='extends = "scenario.toml"    # in scenario.toml itself',
            cure="Let the chain of files end in one that extends nothing.",
        ),
        "RE117": Entry(
            title="path leaves the folder",
            rule="a path must be relative and stay in the scenario's folder",
            reason="A scenario from somebody else must not read other files of yours, and must move as one folder.",
            example='extends = "../../secret.toml"',
            cure="Put the file into the scenario's folder; symbolic links out of it do not count.",
        ),
        "RE118": Entry(
            title="chain of extends too long",
            rule="at most 16 files may extend one another",
            reason="Nobody can follow a longer chain.",
            example="(a chain of 17 files)",
            cure="Merge some of them: riskengine resolve prints the result of a chain.",
        ),
        "RE119": Entry(
            title="nothing to remove",
            rule="remove must name something in the extended scenario",
            reason="A removal that removes nothing is a misspelling.",
            example='remove = ["risks.R1"]    # without extends',
            cure='Name it as section and id: "risks.R1", "tasks.design", "gates.delivery".',
        ),
        "RE126": Entry(
            title="nothing to remove from a list",
            rule="remove must name something that the list of the extended scenario has",
            reason="A removal that removes nothing is a misspelling.",
            example='extends = "plan.toml"\n[tasks.build]\nafter.remove = ["desgin"]',
            cure="Name it as the list does; a relationship is named by its predecessor, too.",
        ),
        "RE120": Entry(
            title="not a date",
            rule="must be a local date or date and time between the years 1900 and 2999, in whole seconds",
            reason="Times are the project's wall clock, without zones.",
            example='[tasks.a]\nduration = 5\n[gates.g]\nfinish = "29.02.2028"\nconfidence = 0.8',
            cure="Write 2028-02-29 or 2028-02-29T17:00:00.",
        ),
        "RE121": Entry(
            title="start and data date",
            rule="exactly one of start and data_date must be given",
            reason="start is the beginning of a project, data_date the status date of one under way.",
            example="data_date = 2027-06-01    # beside start",
            cure="Keep the one that holds.",
        ),
        "RE125": Entry(
            title="start of a project under way",
            rule="project_start must stand beside data_date, and not after it",
            reason="It is what days are counted from at every status date. A plan without a data date has its start.",
            example="project_start = 2027-06-01    # beside start",
            cure="Use start in a plan, and project_start in a status of it.",
        ),
        "RE122": Entry(
            title="not a usable number",
            rule="a number must be finite and within +-1e15",
            reason="NaN and infinities pass through comparisons unnoticed and spoil every result.",
            example="[tasks.design]\nduration = [20, nan, 40]",
            cure="Write the number that is meant.",
        ),
        "RE123": Entry(
            title="not one of the choices",
            rule="must be one of the words that the format gives",
            reason="Every choice means something; none is guessed.",
            example='lag_calendar = "successors"',
            cure="Use one of the words listed in the message.",
        ),
        "RE124": Entry(
            title="invisible characters",
            rule="text must not hold control characters",
            reason="They hide in tables and change what a terminal shows.",
            example='[tasks.design]\nduration = 5\nname = "bell \\u0007"',
            cure="Remove the character; description may hold line breaks and tabs.",
        ),
    }
)
