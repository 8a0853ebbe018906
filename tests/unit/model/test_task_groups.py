"""Groups of tasks by team, tag and WBS element, against the selectors of each task."""

import random

from riskengine.model.selector import DEEPEST_LEVEL, TaskGroups, groups_of

PARTS = ("1", "2", "a", "a-b", "", "A b")


def written_out(labels, wbs_names):
    """The tasks of each selector, from what each task says."""
    groups = {}
    for task, team, tags, code in labels:
        for name in groups_of(team, tags, code, wbs_names):
            groups.setdefault(name, []).append(task)
    return groups


def test_groups_are_those_of_all_selectors_written_out():
    rng = random.Random(4)
    for _ in range(200):
        codes = [".".join(rng.choices(PARTS, k=rng.randrange(4))) for _ in range(rng.randrange(1, 9))]
        names = {code: rng.choice(("Works", "2", "a", "")) for code in rng.sample(codes, rng.randrange(len(codes)))}
        labels = [
            (f"t{at}", rng.choice(("", "X")), rng.choices("pq", k=rng.randrange(3)), code)
            for at, code in enumerate(codes)
        ]
        groups, expected = TaskGroups(labels, names), written_out(labels, names)
        assert sorted(groups) == sorted(expected)
        assert {name: list(groups[name]) for name in expected} == expected
        assert len(groups) == len(expected)
        assert all(name not in groups for name in ("wbs:", "wbs:9", "wbs:1.", "team:Y", "wbs") if name not in expected)


def test_levels_beyond_the_deepest_select_nothing():
    code = ".".join("1" for _ in range(DEEPEST_LEVEL + 2))
    labels = [("t", "", (), code)]
    assert dict(TaskGroups(labels, {code: "Deep"})) == written_out(labels, {code: "Deep"})
