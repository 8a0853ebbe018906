"""RE32x: correlations between tasks, costs and risks."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

TWO_TASKS = "[tasks.a]\nduration = [3, 5, 9]\n[tasks.b]\nduration = [3, 5, 9]\n"

CORRELATIONS: Mapping[str, Entry] = MappingProxyType(
    {
        "RE320": Entry(
            title="correlation of fewer than two",
            rule="a correlation must be between at least two different members",
            reason="It says how two quantities go together; one alone has nothing to go with.",
            example=f'{TWO_TASKS}[correlations.crew]\nbetween = ["a"]\nrank = 0.5',
            cure="Name a second task, cost or risk, or a selector of several tasks.",
        ),
        "RE321": Entry(
            title="rank correlation out of range",
            rule="a rank correlation must be between -1 and 1",
            reason="It is Spearman's correlation: 1 is the same order in every future, -1 the opposite one.",
            example=f'{TWO_TASKS}[correlations.crew]\nbetween = ["a", "b"]\nrank = 60',
            cure="Write 60 % as 0.6.",
        ),
        "RE322": Entry(
            title="correlation of something unknown",
            rule="must name a task, a selector of tasks, cost:ID or risk:ID",
            reason="A misspelt member would stay independent in silence.",
            example=f'{TWO_TASKS}[correlations.crew]\nbetween = ["a", "bb"]\nrank = 0.5',
            cure="Correct the id, or use team:NAME, tag:NAME, wbs:CODE, *, cost:ID or risk:ID.",
        ),
        "RE323": Entry(
            title="member named twice",
            rule="a member must be named once in a correlation",
            reason="Nothing is correlated with itself: a second mention is a slip, and another task was meant.",
            example=f'{TWO_TASKS}[correlations.crew]\nbetween = ["a", "a"]\nrank = 0.5',
            cure="Name the other member, or remove the second mention.",
        ),
        "RE324": Entry(
            title="rank correlation that two members cannot have",
            rule="two members must be able to have the rank correlation asked for",
            reason="What occurs or not, or has few values, has ties: not every correlation is within reach.",
            example=(
                "[tasks.a]\nduration = 5\n[risks.x]\nprobability = 0.1\n[risks.y]\nprobability = 0.3\n"
                '[correlations.storm]\nbetween = ["risk:x", "risk:y"]\nrank = 0.9'
            ),
            cure="Take a value within the range that the message states.",
        ),
        "RE325": Entry(
            title="group that cannot be so contrary",
            rule="a group must be able to have its negative correlation between every two members",
            reason="Three quantities cannot all be opposites of each other; the more there are, the less they can be.",
            example=(f'{TWO_TASKS}[tasks.c]\nduration = [3, 5, 9]\n[correlations.crew]\nbetween = ["*"]\nrank = -0.9'),
            cure="Take a value that is not below the bound that the message states, or make pairs of the group.",
        ),
        "RE326": Entry(
            title="two correlations of one pair",
            rule="two correlations must not say of one pair something else",
            reason="A pair or a matrix decides before a group, a smaller group before a larger one; these are equals.",
            example=(
                f'{TWO_TASKS}[tasks.c]\nduration = [3, 5, 9]\n[correlations.x]\nbetween = ["a", "b"]\nrank = 0.5\n'
                '[correlations.y]\npairs = { "a/b" = 0.3, "b/c" = 0.5 }\n[correlations.z]\npairs = { "a/b" = 0.4 }'
            ),
            cure="Take one of the two away, or say the pair by itself under pairs.",
        ),
        "RE327": Entry(
            title="correlation of too many",
            rule="what is correlated pair by pair must be at most 1,000 members",
            reason="Every pair is worked out by itself then, and thousands of members have millions of pairs.",
            example='[correlations.all]\nbetween = ["*"]    # 2,000 tasks, some of them with a few values\nrank = 0.3',
            cure="Make several correlations of it, or groups within each other whose ranks rise inwards.",
        ),
        "RE328": Entry(
            title="weight out of range",
            rule="a weight must be above 0 and at most 100",
            reason="It says how firmly a correlation stays where not all can be had; without one it is 1.",
            example=f'{TWO_TASKS}[correlations.crew]\npairs = [{{ between = ["a", "b"], rank = 0.5, weight = 0 }}]',
            cure="Leave a correlation out that says nothing; write 100 for one that stays as it is.",
        ),
        "RE329": Entry(
            title="rows that are no matrix of correlations",
            rule="a matrix must be square and symmetric, with ones on its diagonal",
            reason="The correlation of a with b is that of b with a, and everything goes with itself.",
            example=(
                f'{TWO_TASKS}[correlations.crew]\nmatrix = {{ members = ["a", "b"], rows = [[1, 0.5], [0.4, 1]] }}'
            ),
            cure="Write both sides alike, or only what is below the diagonal.",
        ),
        "RE330": Entry(
            title="correlations that cannot all be had",
            rule="with --strict, all correlations must be possible at once",
            reason="Without --strict the nearest that can be had are taken, and that is said.",
            example=(
                f"{TWO_TASKS}[tasks.c]\nduration = [3, 5, 9]\n[correlations.x]\n"
                'pairs = { "a/b" = 0.9, "b/c" = 0.9, "a/c" = -0.9 }'
            ),
            cure="Change the pair that the message names, or give a weight to those that have to stay.",
        ),
        "RE331": Entry(
            title="tails out of range",
            rule="tails must be from 2 to 100 degrees of freedom",
            reason="The fewer, the more often extremes come together; above 100 there is no difference to none.",
            example=f'{TWO_TASKS}[correlations.crew]\nbetween = ["a", "b"]\nrank = 0.5\ntails = 1',
            cure="Take 4 for tails that are felt, or leave tails out.",
        ),
        "RE332": Entry(
            title="tails that cannot be",
            rule="tails are for continuous members with ranks other than 0, one value for all that goes together",
            reason="A shared scale makes extremes come together also at a rank of 0, and occurrences have no extremes.",
            example=f'{TWO_TASKS}[correlations.crew]\nbetween = ["a", "b"]\nrank = 0\ntails = 4',
            cure="Leave tails out, or correlate risks, and what has few values, apart.",
        ),
        "RE333": Entry(
            title="correlation of a duration that several draws make",
            rule="a task whose people, productivity or rate_per_day are uncertain must not be correlated",
            reason="Several draws make its duration, and a correlation of one of them is not that of the duration.",
            example=f"{TWO_TASKS}[tasks.dig]\nquantity = 900\nrate_per_day = [80, 100, 110]\n"
            '[correlations.crew]\nbetween = ["a", "dig"]\nrank = 0.5',
            cure="Give a plain number for the pace, take the task out of the correlation, or let a driver act on both.",
        ),
    }
)
