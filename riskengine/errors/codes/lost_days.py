"""RE27x: days that calendars lose by chance, and RE608 once they are drawn."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

SITE = "[calendars.site]\nweek = 'mon-fri 08:00-16:00'\n[calendars.site.lost]\n"

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

LOST_DAYS: Mapping[str, Entry] = MappingProxyType(
    {
        "RE270": Entry(
            title="chance of a lost day out of range",
            rule="the chance that a day is lost must be between 0 and 1",
            reason="It is the share of the working days of that month on which nobody works.",
            example=f"{SITE}jan = 40",
            cure="Write 40 % as 0.4.",
        ),
        "RE271": Entry(
            title="every day is lost",
            rule="a calendar must keep days on which work is possible: not every month can be lost for certain",
            reason="Nothing on such a calendar would ever finish.",
            example=SITE + "\n".join(f"{month} = 1" for month in MONTHS),
            cure="Give at least one month a chance below 1.",
        ),
        "RE272": Entry(
            title="lost days shared with nobody",
            rule="must name a calendar that has lost days with draws of its own",
            reason="Days can only be the same as those of a calendar that loses some.",
            example=f"{SITE}jan = 0.4\n[calendars.crane]\nextends = 'site'\nlost = {{ shared_with = 'side' }}",
            cure="Correct the id, or give that calendar a table lost with chances.",
        ),
        "RE273": Entry(
            title="lost days with levelling",
            rule="a plan whose resources are levelled must not lose days by chance",
            reason="What a crew does on a day that others lose is not settled; a wrong answer would not be seen.",
            example=f"levelling = true\n{SITE}jan = 0.4",
            cure="Take out levelling, or the table lost.",
        ),
        "RE274": Entry(
            title="lost days with work as late as possible",
            rule="a plan that loses days by chance must have no task that is wanted as late as possible",
            reason="How late that is would depend on days that are lost only later.",
            example=(f"[tasks.a]\nduration = 5\ncalendar = 'site'\nconstraints = ['ALAP']\n{SITE}jan = 0.4"),
            cure="Take out ALAP, or the table lost.",
        ),
        "RE275": Entry(
            title="spells too short",
            rule="a spell of lost days must be at least a day long, and long enough for the largest chance",
            reason="Between two spells there is a day at least: with short spells not so many days can be lost.",
            example=f"{SITE}jan = 0.8\nspell = 2",
            cure="Let spells be at least chance / (1 - chance) days long, or lower the chance.",
        ),
        "RE276": Entry(
            title="lost days with a lag from an actual start",
            rule="a lag that counts from an actual start must not run on a calendar that loses days by chance",
            reason="It would end on another day in each iteration; only a date that is known counts from there.",
            example=(
                "data_date = 2027-03-01\n[schedule]\nstart_lag = 'actual start'\n"
                "[tasks.a]\nduration = 9\nremaining = 5\nactual_start = 2027-02-22\ncalendar = 'site'\n"
                f"[tasks.b]\nduration = 1\nafter = ['a SS+8d']\n{SITE}mar = 0.4"
            ),
            cure="Take out start_lag, give the lag in elapsed days, such as 11ed, or take out the table lost.",
        ),
        "RE608": Entry(
            title="run goes on behind the days that may be lost",
            rule="no iteration may take longer than days are drawn that may be lost",
            reason="Days are drawn for as long as the project can be expected to take at the very worst.",
            example="Calendars that stand still by turns, so that the project waits for years.",
            cure="Lower the chances, or let the calendars have open months in common.",
        ),
    }
)
