"""An estimate in the words of a language, made of the English ones that the results hold."""

import re
from typing import Final

from riskengine.pages.language import ENGLISH, Language

NUMBER: Final = r"-?(?:[\d,]+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?"
NAMED: Final = re.compile(rf"(?P<name>[a-z][a-z0-9 ]*?) (?P<number>{NUMBER})(?: (?P<unit>.+))?")
"""A parameter, with the unit behind it where it is the last of those in the unit."""
ALONE: Final = re.compile(
    rf"(?P<number>{NUMBER})(?: \((?:(?P<share>{NUMBER}) %|(?P<percentile>P{NUMBER}))\))?(?: (?P<unit>.+))?"
)
"""A value that is known, or one of several with its share or its percentile."""
VALUES: Final = re.compile(rf"(?P<count>[\d,]+) values from (?P<low>{NUMBER}) to (?P<high>{NUMBER})(?: (?P<unit>.+))?")
"""Values of the past."""
SEVERAL: Final = re.compile(r"(?P<shape>mixture|average) of (?P<parts>.+)")
ONE_OF_SEVERAL: Final = re.compile(rf"(?P<estimate>.+?)(?:, by (?P<source>.+))? \((?P<share>{NUMBER}) %\)")
"""An estimate of several experts, with who says it and how much that counts."""
PERCENTILE: Final = re.compile(r"p\d+")


def estimate_in_words(words: str, language: Language) -> str:
    """Return an estimate in the words of a language; in English where it holds what nobody has translated.

    Parameters
    ----------
    words : str
        As in the table of estimates: ``pert: low 3, most likely 5, high 9 days``.
    language : Language

    Notes
    -----
    The unit of money is the scenario's own text and stays as it is.
    """
    if language.code == ENGLISH:
        return words
    several = SEVERAL.fullmatch(words)
    if several is not None:
        return _several(several, language) or words
    shape, colon, rest = words.rpartition(": ")
    parts = [_part(part, language) for part in rest.split(", ")]
    name = language.words.get(f"estimate.{shape}") if colon else ""
    if name is None or None in parts:
        return words
    return (f"{name}: " if colon else "") + ", ".join(part for part in parts if part is not None)


def _several(several: re.Match[str], language: Language) -> str:
    """Return the estimates of several experts in another language, nothing where one of them stays in English."""
    parts = []
    for text in several["parts"].split("; "):
        one = ONE_OF_SEVERAL.fullmatch(text)
        estimate = "" if one is None else estimate_in_words(one["estimate"], language)
        if one is None or estimate == one["estimate"]:
            return ""
        source = "" if one["source"] is None else f", {language.say('estimate.by', source=one['source'])}"
        parts.append(f"{estimate}{source} ({language.local(one['share'] + '%')})")
    shape = language.say(f"estimate.{several['shape']}")
    return f"{shape}: {'; '.join(parts)}"


def _part(text: str, language: Language) -> str | None:
    """Return one parameter or value in another language, None where it is neither."""
    values = VALUES.fullmatch(text)
    if values is not None:
        numbers = {name: language.local(values[name]) for name in ("count", "low", "high")}
        return language.say("estimate.values", **numbers) + _unit(values["unit"], language)
    alone = ALONE.fullmatch(text)
    if alone is not None:
        inside = alone["percentile"] if alone["share"] is None else alone["share"] + "%"
        share = "" if inside is None else f" ({language.local(inside)})"
        return language.local(alone["number"]) + share + _unit(alone["unit"], language)
    named = NAMED.fullmatch(text)
    if named is None:
        return None
    name = named["name"]
    term = name.upper() if PERCENTILE.fullmatch(name) else language.words.get(f"estimate.{name}")
    return None if term is None else f"{term} {language.local(named['number'])}{_unit(named['unit'], language)}"


def _unit(unit: str | None, language: Language) -> str:
    """Return a unit behind a number: that of time in the language, a currency as it is."""
    return "" if unit is None else f" {language.term('estimate.', unit)}"
