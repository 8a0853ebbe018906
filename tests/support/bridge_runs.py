"""A project at three status dates: planned, under way, finished. The engine ran all three."""

import riskengine

PIERS = {"duration": [20, 30, 60], "cost": {"rate": 1000}}
DECK = {"duration": [20, 25, 40], "after": ["piers"], "cost": {"rate": 2000}}
PIERS_DONE = {"actual_start": "2027-03-01", "actual_finish": "2027-04-16"}
DECK_DONE = {"actual_start": "2027-04-19", "actual_finish": "2027-05-28"}
STATUSES = {
    "march": ({"start": "2027-03-01"}, PIERS, DECK),
    "april": ({"data_date": "2027-04-19"}, {**PIERS, **PIERS_DONE}, DECK),
    "june": ({"data_date": "2027-06-01"}, {**PIERS, **PIERS_DONE}, {**DECK, **DECK_DONE}),
}


def bridge(status):
    """The scenario at a status: ``march``, ``april`` or ``june``."""
    head, piers, deck = STATUSES[status]
    return riskengine.read(
        {
            "schema": 1,
            "name": "Bridge",
            "currency": "EUR",
            **head,
            "tasks": {"piers": piers, "deck": deck},
            "gates": {"open": {"finish": "2027-05-31", "confidence": 0.8}},
        }
    )


def write_bridge(root, statuses=tuple(STATUSES), iterations=512):
    """Write the runs of some statuses to ``root/STATUS/bridge``, and return the root."""
    for status in statuses:
        riskengine.decide(bridge(status), iterations=iterations).write(root / status / "bridge")
    return root
