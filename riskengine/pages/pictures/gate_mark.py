"""The mark of a gate in the picture of a finish or of a cost."""

from riskengine.pages.language import Language
from riskengine.pages.pictures.curve import Mark


def gate_mark(
    language: Language, gate: str, *, value: float, limit: str, chance: float, needed: float, is_joint: bool
) -> Mark:
    """Return the mark of a gate; one that asks for a date and an amount at once has no place on either curve.

    Parameters
    ----------
    language : Language
    gate : str
        Its id.
    value : float
        Where it stands.
    limit : str
        What it allows, in words.
    chance, needed : float
        The probability that it is passed, and its confidence.
    is_joint : bool
        Whether it asks for both.
    """
    label = language.say(
        "outcomes.joint_mark" if is_joint else "outcomes.gate_mark",
        gate=gate,
        limit=limit,
        chance=language.chance(chance, needed),
        needed=language.confidence(needed),
    )
    if is_joint:
        return Mark("gate", value, label, gate)
    return Mark("gate", value, label, gate, share=chance, needed=needed)
