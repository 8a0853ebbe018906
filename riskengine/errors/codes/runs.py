"""RE5xx to RE9xx: tables, plans, results and usage."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

RUNS: Mapping[str, Entry] = MappingProxyType(
    {
        "RE501": Entry(
            title="table cannot be read",
            rule="the table must be a CSV file with a line of column names",
            reason="Nothing is guessed in a table that breaks the grammar.",
            example='id,duration\nA,"5',
            cure="Save it anew as CSV with every quote closed, or as a workbook with one worksheet.",
        ),
        "RE502": Entry(
            title="unknown column",
            rule="must be a column that the format knows",
            reason="A misspelt column would otherwise be ignored in silence.",
            example="id,duraton\nA,5",
            cure="Correct the name of the column, or remove it.",
        ),
        "RE503": Entry(
            title="column missing",
            rule="the table must have a column id",
            reason="Rows are known by their ids, never by their position.",
            example="name,duration\nDesign,5",
            cure="Add the column.",
        ),
        "RE504": Entry(
            title="given twice",
            rule="an id, and each field of it, must be given once over tables and file",
            reason="Of two rows of one id, one would be lost in silence.",
            example="id,duration\nA,5\nA,6",
            cure="Remove one of the two; a table and the file may share a task as long as their fields differ.",
        ),
        "RE505": Entry(
            title="row too long",
            rule="a row must not have more cells than there are columns",
            reason="A comma inside a text that is not quoted shifts every cell after it.",
            example="id,duration\nA,5,6",
            cure="Put quotes around text with commas, and use a point in decimal numbers.",
        ),
        "RE506": Entry(
            title="cell cannot be read",
            rule="a cell must hold the kind of value its column takes",
            reason="Nothing is converted in silence.",
            example="id,duration\nA,five",
            cure="Write numbers with a decimal point and without separators of thousands.",
        ),
        "RE507": Entry(
            title="unknown kind of table",
            rule="a table must be a .csv or .tsv file, or an .xlsx or .xlsm workbook",
            reason="Other kinds of spreadsheets cannot be checked before they are opened.",
            example="tasks = 'plan.ods'",
            cure="Save the sheet as .xlsx, or as CSV UTF-8.",
        ),
        "RE508": Entry(
            title="column twice",
            rule="a column must appear once",
            reason="One of the two would be lost in silence.",
            example="id,duration,duration\nA,5,6",
            cure="Remove one of the two.",
        ),
        "RE509": Entry(
            title="columns exclude one another",
            rule="a row must give an estimate in one way",
            reason="Two ways of saying one thing can differ.",
            example="id,duration,low,most_likely,high\nA,5,1,2,3",
            cure="Fill either the one column or the columns of the points.",
        ),
        "RE601": Entry(
            title="horizon too long",
            rule="the project must finish within the years that the engine can count",
            reason="Time is counted in whole ticks of a second or a minute from the start.",
            example="[tasks.a]\nduration = 90000000",
            cure="Check the units of the longest durations and lags.",
        ),
        "RE602": Entry(
            title="work cannot be placed",
            rule="a calendar must have enough working time for the work on it",
            reason="Exceptions and holidays leave too little of the calendar's time.",
            example="(a calendar whose holidays cover every year of the project)",
            cure="Check the holidays and exceptions of the calendar.",
        ),
        "RE603": Entry(
            title="scenario too large",
            rule="the scenario must fit the engine's arrays",
            reason="Tasks, relationships and impacts are numbered with 32 bits.",
            example="(a scenario of three billion relationships)",
            cure="Split the programme into projects.",
        ),
        "RE604": Entry(
            title="estimate cannot be computed",
            rule="an estimate must have a quantile function that can be computed",
            reason="Some parameters are so extreme that the numbers overflow.",
            example="[tasks.a]\nduration = {shape = 'beta', low = 0, high = 1, alpha = 1e-9, beta = 1e9}",
            cure="Use less extreme parameters.",
        ),
        "RE605": Entry(
            title="streams collide",
            rule="two random variables must not share a stream",
            reason="Streams are keyed by a 64-bit hash of the variable's name; these two have the same.",
            example="(about one scenario in a hundred billion)",
            cure="Rename one of the two.",
        ),
        "RE701": Entry(
            title="not a results folder",
            rule="the folder must hold the results of a run",
            reason="Its manifest is missing or is not one of riskengine.",
            example="riskengine verify /tmp",
            cure="Give the folder that riskengine simulate wrote.",
        ),
        "RE702": Entry(
            title="results damaged",
            rule="every part must have the checksum of the manifest",
            reason="Most flipped bits in a results file read back as other numbers, without an error.",
            example="riskengine verify results/damaged",
            cure="Run the simulation again, or restore the folder from a backup.",
        ),
        "RE703": Entry(
            title="results incomplete",
            rule="every part that the manifest lists must be there",
            reason="A file is missing: the folder was copied in part or changed by hand.",
            example="riskengine verify results/incomplete",
            cure="Copy the whole folder, or run the simulation again.",
        ),
        "RE704": Entry(
            title="results of another version",
            rule="the results must be of a version that this riskengine reads",
            reason="A later version may have changed the meaning of a column; a former one wrote fewer columns "
            "and tables.",
            example="riskengine report results/from-the-future",
            cure="Update riskengine; or simulate the scenario.json of the folder again, which gives the same numbers "
            "where the seed, the method and the iterations are those of its manifest.json.",
        ),
        "RE705": Entry(
            title="folder is not ours to replace",
            rule="an existing folder must hold results to be replaced",
            reason="Anything else in it would be lost.",
            example="riskengine simulate plan.toml -o /home",
            cure="Choose another folder with -o.",
        ),
        "RE706": Entry(
            title="cannot write",
            rule="the results must be writable",
            reason="The disk is full, or the folder is not yours to write to.",
            example="riskengine simulate plan.toml -o /read-only",
            cure="Free some space, or choose another folder with -o.",
        ),
        "RE707": Entry(
            title="folder in use",
            rule="one run at a time may write to a folder",
            reason="Two runs into one folder would mix their parts.",
            example="(two runs with the same -o)",
            cure="Wait for the other run, or choose another folder.",
        ),
        "RE708": Entry(
            title="results too large for the memory",
            rule="the parts of a results folder must fit into memory",
            reason="They are checked as a whole before a number is taken from them; where memory runs out, the "
            "system ends programs without a word.",
            example="RISKENGINE_MEMORY_GB=0.01 riskengine verify results",
            cure="Read them on a larger machine, or raise the limit: RISKENGINE_MEMORY_GB.",
        ),
        "RE660": Entry(
            title="no rule that ends a run",
            rule="--until must be a number of iterations, gates, or how precise an estimate is to be",
            reason="A run that stopped at something else than what was meant would look as precise as was wanted.",
            example="riskengine simulate plan.toml --until 'P80(finish) +- 1'",
            cure="Write days as 1d: 'P80(finish) +- 1d, P80(cost) +- 1%, chance(GATE) +- 0.5%, 200000'.",
        ),
        "RE661": Entry(
            title="precision of what the scenario does not have",
            rule="--until must name finish, cost, a target or a gate of the scenario",
            reason="Nothing else has percentiles, a mean or a chance of its own.",
            example="riskengine simulate plan.toml --until 'P80(operation) +- 1d'",
            cure="Correct the name, or make the task a target: targets = ['operation'].",
        ),
        "RE901": Entry(
            title="unknown code",
            rule="must be a code of the catalogue",
            reason="explain tells about the codes that riskengine reports.",
            example="riskengine explain RE999",
            cure="Copy the code from the message; riskengine explain lists them all.",
        ),
        "RE902": Entry(
            title="option out of range",
            rule="an option must lie in its range",
            reason="The command cannot be carried out as asked.",
            example="riskengine simulate plan.toml -n 0",
            cure="riskengine COMMAND --help says what each option takes.",
        ),
        "RE903": Entry(
            title="unknown template",
            rule="must be the name of a shipped scenario",
            reason="new starts from one of the scenarios that come with riskengine.",
            example="riskengine new plan.toml --template grund-station",
            cure="riskengine new --help lists them.",
        ),
        "RE904": Entry(
            title="file exists",
            rule="the file must not exist yet",
            reason="Nothing of yours is overwritten.",
            example="riskengine new plan.toml    # twice",
            cure="Choose another name, or remove the file first.",
        ),
        "RE905": Entry(
            title="no scenarios found",
            rule="there must be at least one scenario",
            reason="The folder, and those below it, hold no .toml file.",
            example="riskengine batch empty-folder/",
            cure="Name a folder or a list of scenario files.",
        ),
        "RE906": Entry(
            title="no gates",
            rule="a scenario must have a gate to be decided",
            reason="Go or no-go needs a date or a budget and a confidence.",
            example="riskengine decide plan-without-gates.toml",
            cure="Add [gates.delivery] with finish or cost, and confidence.",
        ),
    }
)
