"""RE85x to RE87x: risk registers in spreadsheets."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

REGISTERS: Mapping[str, Entry] = MappingProxyType(
    {
        "RE850": Entry(
            title="unknown kind of register",
            rule="a register must be an .xlsx or .xlsm workbook, or a .csv file",
            reason="Other kinds of spreadsheets cannot be checked before they are opened.",
            example="riskengine import plan.xer --register register.ods",
            cure="Save the register as .xlsx or as CSV.",
        ),
        "RE851": Entry(
            title="reader of workbooks missing",
            rule="python-calamine must be installed to read workbooks",
            reason="It is an extra, because scenarios do not need it.",
            example="riskengine import plan.xer --register register.xlsx",
            cure="pip install 'riskengine[import]', or save the register as CSV.",
        ),
        "RE852": Entry(
            title="workbook that is not safe to open",
            rule="the file must be an .xlsx workbook that is safe to open",
            reason="A small file can be made to fill the memory, and a password hides what it holds.",
            example="(a workbook of 100 kB that unpacks to 10 GB)",
            cure="Save it anew in a spreadsheet as .xlsx without a password.",
        ),
        "RE853": Entry(
            title="damaged workbook",
            rule="the workbook must be readable",
            reason="Nothing is guessed in a workbook that breaks the rules of its format, or is far too large.",
            example="(a workbook whose worksheet is cut off)",
            cure="Save it anew in a spreadsheet, with the register on a worksheet of its own.",
        ),
        "RE854": Entry(
            title="no register found",
            rule="a row of headings of a risk register must be among the first 30 rows",
            reason="Columns are known by their headings.",
            example="(a worksheet without headings)",
            cure='Give the columns headings, or name worksheet and row in a mapping file: sheet = "Risks", header = 4.',
        ),
        "RE855": Entry(
            title="column of the mapping missing",
            rule="must be the heading of one column of the register",
            reason="A column that is looked for in vain would be left out in silence.",
            example='[columns]\nowner = "Owner of risk"    # the register says "Risk owner"',
            cure='Write the heading as the register does; under a common heading, "Before mitigation / Probability".',
        ),
        "RE856": Entry(
            title="columns that contradict each other",
            rule="each thing must have one column, and the columns of an estimate must belong together",
            reason="Of two columns for one thing, one would be lost in silence.",
            example="ID,Probability,Likelihood,Delay (days)",
            cure='Name the right one in a mapping file, or leave the other out: ignore = ["Likelihood"].',
        ),
        "RE857": Entry(
            title="no probabilities or no impacts",
            rule="the register must have a column of probabilities and one of delays or costs",
            reason="Without them it says nothing that can be simulated.",
            example="ID,Title,Owner",
            cure="Name the columns in a mapping file where their headings are not understood.",
        ),
        "RE858": Entry(
            title="wrong entry of a mapping file",
            rule="must be what a mapping file takes here",
            reason="A mapping that is half understood gives half of the numbers.",
            example='[scales.probability]\nHigh = "70"',
            cure="docs/importing.md lists what a mapping file holds.",
        ),
        "RE859": Entry(
            title="probabilities that can be read in two ways",
            rule="it must be clear whether probabilities are percentages, shares of 1 or levels of a scale",
            reason="5 may be 5 % or the highest of five levels, and 1 may be 1 % or certain.",
            example="ID,Probability,Delay (days)\nR1,5,10",
            cure='Say it in a mapping file: probability = { column = "P", unit = "percent" } (or fraction, or rating).',
        ),
        "RE860": Entry(
            title="number that can be read in two ways",
            rule="it must be clear whether a point or comma stands for the decimals or for thousands",
            reason="1.500 is one and a half or fifteen hundred.",
            example='ID,Probability,Cost (EUR)\nR1,30%,"1,500"',
            cure='Say it in a mapping file: decimal = "." or decimal = ",".',
        ),
        "RE861": Entry(
            title="unit that is not clear",
            rule="it must be clear in which unit an impact is given",
            reason="Ten days and ten weeks are not the same, nor are 500 and 500 thousand.",
            example="ID,Probability,Delay\nR1,30%,10",
            cure='Write it into the heading, as in "Delay (days)", or into a mapping file: unit = "d", scale = 1000.',
        ),
        "RE862": Entry(
            title="rating without a scale",
            rule="a rating must be a level of a scale that the mapping file gives",
            reason="What High means differs from one organisation to the next, most of all in money.",
            example="ID,Probability,Delay (days)\nR1,High,10",
            cure='Give the scale in a mapping file: [scales.probability] with lines such as High = "70%".',
        ),
        "RE863": Entry(
            title="cell that is no number",
            rule="must be a number",
            reason="A cell that is passed over changes the answer in silence.",
            example="ID,Probability,Delay (days)\nR1,30%,about 10",
            cure="Write one number in the cell; a unit or a currency may stand beside it.",
        ),
        "RE864": Entry(
            title="unknown status",
            rule="must be a status that is known: open, proposed, closed, occurred",
            reason="Whether a risk still counts depends on it.",
            example="ID,Status,Probability,Delay (days)\nR1,Parked,30%,10",
            cure='Say what it means in a mapping file: [status] with lines such as Parked = "closed".',
        ),
        "RE865": Entry(
            title="unknown kind of risk",
            rule="must be a threat or an opportunity",
            reason="It decides whether a delay is time lost or time won.",
            example="ID,Threat/Opportunity,Probability,Delay (days)\nR1,both,30%,10",
            cure='Say what it means in a mapping file: [kind] with lines such as Chance = "opportunity".',
        ),
        "RE866": Entry(
            title="id missing or given twice",
            rule="every risk must have an id of its own",
            reason="Ids name the streams of random numbers and tie reports to the register.",
            example="ID,Title,Probability,Delay (days)\nR1,Late,30%,10\nR1,Lost,20%,30",
            cure="Give the row an id; a further row of one risk has its title and probability, or none.",
        ),
        "RE867": Entry(
            title="points of an impact that do not fit",
            rule="the points of an impact must all be given, of one sign, and rise from low to high",
            reason="There is no distribution through points out of order.",
            example="ID,Probability,Delay min (days),Delay ML (days),Delay max (days)\nR1,30%,20,10,30",
            cure="Put the points right in the register; what an opportunity saves may have either sign.",
        ),
        "RE868": Entry(
            title="register names an unknown task",
            rule="must be the id of a task, a WBS code, a tag or a team of the schedule",
            reason="A risk that acts on nothing changes nothing, in silence.",
            example="ID,Probability,Delay (days),Affected tasks\nR1,30%,10,A9999",
            cure="Write the id as the schedule does, several with ; between them.",
        ),
        "RE869": Entry(
            title="no numbers of this position",
            rule="the register must have the probability, delay and cost of the position that is asked for",
            reason="Numbers after mitigation are not those before it.",
            example="riskengine import plan.xer --register register.csv --position post",
            cure="Choose the other position, or name the columns under [columns.post] of a mapping file.",
        ),
        "RE870": Entry(
            title="risk without a probability",
            rule="every risk that is not closed must have a probability",
            reason="No probability is neither zero nor certain.",
            example="ID,Title,Probability,Delay (days)\nR1,Late,,10",
            cure="Write it into the register, or close the risk.",
        ),
        "RE871": Entry(
            title="CSV register that cannot be read",
            rule="the register must be valid CSV",
            reason="Nothing is guessed in a file that breaks the grammar.",
            example='ID,Probability,Delay (days)\nR1,30%,"10',
            cure='Save it as CSV; separator = ";" and encoding = "cp1252" in a mapping file say how to read it.',
        ),
    }
)
