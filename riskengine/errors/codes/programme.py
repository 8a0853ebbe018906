"""RE44x: programmes, and the projects that they are made of."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

PROGRAMME: Mapping[str, Entry] = MappingProxyType(
    {
        "RE440": Entry(
            title="id of a project with a point",
            rule="the id of a project must have no point",
            reason="A point stands between it and the ids of its tasks: north.design.",
            example="[tasks.\"a.b.design\"]\nduration = 5\n[projects.'a.b']\nname = 'A, part B'",
            cure="Write a hyphen in its place.",
        ),
        "RE441": Entry(
            title="project without tasks",
            rule="a project must have a file, or tasks whose ids begin with its own and a point",
            reason="A project of a programme is the tasks that belong to it.",
            example="[tasks.design]\nduration = 5\n[projects.north]\nname = 'North line'",
            cure='Name its file, or write its tasks as [tasks."north.design"].',
        ),
        "RE442": Entry(
            title="project that does not fit its programme",
            rule="what holds for a whole scenario must be the same in a programme and its projects",
            reason="One simulation has one currency, one data date, one rule of scheduling; nothing is converted.",
            example="(currency = 'EUR' in one project, and 'USD' in another)",
            cure="Write the same in the project, or leave it out in the programme where all projects agree.",
        ),
        "RE443": Entry(
            title="part of a project that a programme cannot have",
            rule="must not be part of a project of a programme",
            reason="It speaks of the finish or the cost of the whole scenario, which in a programme is all projects.",
            example="(costs.camp.rate = 350 in the file of a project)",
            cure="Name tasks in its place, or move it into the programme.",
        ),
        "RE444": Entry(
            title="shared by no project",
            rule="must be something that a project has, such as resources.crane",
            reason="What is shared keeps its id in a programme: calendars, resources and risks of projects.",
            example="shared = ['resources.crane']\n[tasks.design]\nduration = 5",
            cure="Correct the name, or take it out of shared.",
        ),
        "RE445": Entry(
            title="shared, and not the same",
            rule="what projects share must be the same in all of them",
            reason="There is one of it in the programme. Impacts of a risk may differ, and are put together.",
            example="shared = ['resources.crane'] (whose rate is 900 in one project, and 500 in another)",
            cure="Write the same in every project, or take it out of shared.",
        ),
        "RE446": Entry(
            title="programme in a programme",
            rule="a project of a programme must not be a programme",
            reason="Ids say of one project what belongs to it, not of a tree of them.",
            example="(projects.all.file = 'programme.toml' in another programme)",
            cure="Name the files of all projects in one programme.",
        ),
    }
)
