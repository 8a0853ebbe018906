"""RE3xx and RE4xx: risks, gates, targets and costs."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

RISKS: Mapping[str, Entry] = MappingProxyType(
    {
        "RE301": Entry(
            title="probability out of range",
            rule="a probability must be between 0 and 1",
            reason="It is the share of futures in which the risk occurs.",
            example="[risks.late]\nprobability = 30",
            cure="Write 30 % as 0.3.",
        ),
        "RE302": Entry(
            title="selector selects nothing",
            rule="a selector must select at least one task",
            reason="A risk that acts on nothing is a misspelling more often than not.",
            example="[risks.late]\nprobability = 0.3\n[risks.late.impacts]\n'team:Sytsems' = {delay = 5}",
            cure="Correct the team, tag or WBS code.",
        ),
        "RE303": Entry(
            title="impact on an unknown task",
            rule="an impact must name a task, a selector, a cost line or project",
            reason="A risk on a task that is not there would be lost in silence.",
            example="[risks.late]\nprobability = 0.3\n[risks.late.impacts.biuld]\ndelay = 5",
            cure="Correct the id, or use team:NAME, tag:NAME, wbs:CODE, *, cost:ID or project.",
        ),
        "RE304": Entry(
            title="impact of the wrong sign",
            rule="a threat must have delay >= 0, cost >= 0, factors >= 1; an opportunity <= 0, <= 0, 0 < factors <= 1",
            reason="A threat that can help is two things in one, and hides both.",
            example="[risks.late]\nprobability = 0.3\n[risks.late.impacts.project]\ncost = [-5, 10, 20]",
            cure='Correct the sign, add min or max to a shape without bounds, or use kind = "driver".',
        ),
        "RE305": Entry(
            title="same task hit twice by one risk",
            rule="a risk must have at most one impact of each kind on a task",
            reason="Two entries that both select a task would count the risk twice.",
            example="[risks.late]\nprobability = 0.3\n[risks.late.impacts]\na = {delay = 5}\n'*' = {delay = 2}",
            cure="Narrow one of the two entries, or make two risks of it.",
        ),
        "RE306": Entry(
            title="impact without effect",
            rule="an impact must have a delay, a factor, a cost or a cost_factor",
            reason="An empty impact does nothing.",
            example="[risks.late]\nprobability = 0.3\n[risks.late.impacts.project]",
            cure="Say what happens, or remove the entry.",
        ),
        "RE307": Entry(
            title="factor on the project",
            rule="an impact on project must be a delay, a cost or a cost_factor",
            reason="A factor scales durations of tasks, and the project has none of its own.",
            example="[risks.late]\nprobability = 0.3\n[risks.late.impacts.project]\nfactor = 1.2",
            cure='Put the factor on "*" to scale every task.',
        ),
        "RE309": Entry(
            title="unknown selector",
            rule="a selector must begin with team:, tag: or wbs:",
            reason="Tasks are selected by team, tag or WBS code.",
            example="[risks.late]\nprobability = 0.3\n[risks.late.impacts]\n'crew:Systems' = {delay = 5}",
            cure="Use one of the three, * for every task, or cost:ID for a cost line.",
        ),
        "RE310": Entry(
            title="cost line hit by other than a cost_factor",
            rule="an impact on a cost line must be a cost_factor",
            reason="A cost line has no duration, and an amount of money added to it belongs to the project.",
            example="[costs.site]\nrate = 500\n[risks.late]\nprobability = 0.3\nimpacts.'cost:site'.cost = 5000",
            cure="Write cost_factor, or put the cost on project.",
        ),
        "RE311": Entry(
            title="impact on an unknown cost line",
            rule="cost: must be followed by the id of a cost line, or by * for all of them",
            reason="A risk on a cost that is not there would be lost in silence.",
            example="[costs.site]\nrate = 500\n[risks.dear]\nprobability = 0.4\nimpacts.'cost:sight'.cost_factor = 1.2",
            cure="Correct the id of the cost line.",
        ),
        "RE401": Entry(
            title="gate without a threshold",
            rule="a gate must have a finish, a cost or both",
            reason="A gate asks whether a date or a budget is kept.",
            example="[gates.delivery]\nconfidence = 0.8",
            cure="Add finish = 2028-02-29 or cost = 900000.",
        ),
        "RE402": Entry(
            title="gate without a confidence",
            rule="a gate must say the confidence asked for",
            reason="How sure is sure enough is the decision maker's to say.",
            example="[gates.delivery]\nfinish = 2028-02-29",
            cure="Add confidence = 0.8, or whatever is asked for.",
        ),
        "RE403": Entry(
            title="confidence out of range",
            rule="a confidence must be above 0 and below 1",
            reason="No finite number of futures can show certainty.",
            example="[gates.delivery]\nfinish = 2028-02-29\nconfidence = 80",
            cure="Write 80 % as 0.8.",
        ),
        "RE404": Entry(
            title="gate on an unknown task",
            rule="the target of a gate must be project or a task",
            reason="A gate on something that is not there cannot be answered.",
            example="[gates.delivery]\ntarget = 'handover'\nfinish = 2028-02-29\nconfidence = 0.8",
            cure="Correct the id.",
        ),
        "RE405": Entry(
            title="unknown target",
            rule="a target must be a task",
            reason="Targets are the tasks whose finish is reported beside the project's.",
            example="targets = ['handover']",
            cure="Correct the id.",
        ),
        "RE407": Entry(
            title="cost line without an amount",
            rule="a cost line must have a fixed amount, a rate or both",
            reason="An empty cost line costs nothing.",
            example="[costs.insurance]\nname = 'Insurance'",
            cure="Add fixed, rate (per working day of the project) or both.",
        ),
        "RE408": Entry(
            title="negative rate of a resource",
            rule="the rate of a resource must not be negative",
            reason="It is what one unit costs a working day.",
            example="[resources.welder]\nrate = -600",
            cure="Correct the sign.",
        ),
        "RE409": Entry(
            title="negative capacity of a resource",
            rule="the capacity of a resource must not be negative",
            reason="It is how many units there are at once.",
            example="[resources.welder]\ncapacity = -2",
            cure="Correct the sign, or leave it out for as many as are needed.",
        ),
        "RE410": Entry(
            title="more needed than there is",
            rule="with levelling, a task must need no more than the capacity of the resource",
            reason="The task could never run.",
            example="levelling = true\n[resources.welder]\ncapacity = 2\n"
            "[tasks.a]\nduration = 5\nresources = {welder = 3}",
            cure="Raise the capacity, or give the task fewer units and more time.",
        ),
        "RE411": Entry(
            title="levelling without a capacity",
            rule="with levelling, a resource must have a capacity",
            reason="Without a limit there is nothing to level.",
            example="levelling = true\n[tasks.a]\nduration = 5",
            cure="Give [resources.ID] a capacity, or remove levelling.",
        ),
        "RE412": Entry(
            title="never at work together",
            rule="with levelling, a task and the resources it needs must have working time in common",
            reason="A task works only when its resources do: it could never run.",
            example='levelling = true\n[calendars.night]\nweek = "mon-fri 22:00-24:00"\n[resources.crane]\n'
            'capacity = 1\ncalendar = "night"\n[tasks.a]\nduration = 5\nresources = {crane = 1}',
            cure="Give the task or the resource a calendar whose shifts overlap with the other's.",
        ),
        "RE420": Entry(
            title="damages or bonus without a rate",
            rule="the rate of damages or of a bonus must be above 0",
            reason="It is money for each day or week: damages raise the cost, a bonus lowers it, neither has a sign.",
            example="[damages.delay]\ndate = 2028-02-29\nrate = -25000",
            cure="Write the amount without a sign; what is earned stands under [bonuses.ID].",
        ),
        "RE421": Entry(
            title="cap that leaves nothing",
            rule="the cap of damages or of a bonus must be above 0",
            reason="It is the most that is ever owed or earned.",
            example="[damages.delay]\ndate = 2028-02-29\nrate = 25000\nmost = 0",
            cure="Correct the amount, or leave most out where there is no cap.",
        ),
        "RE422": Entry(
            title="damages or bonus on an unknown task",
            rule="the target of damages or of a bonus must be project or a task",
            reason="Nobody is late with something that is not there.",
            example="[damages.delay]\ntarget = 'handover'\ndate = 2028-02-29\nrate = 25000",
            cure="Correct the id.",
        ),
    }
)
