"""Colours of both themes, by the formula of WCAG 2: letters at 4.5 to 1, shapes that say something at 3 to 1."""

import re
from itertools import product

import pytest

from tests.support.places import ROOT

STYLE = (ROOT / "riskengine/pages/templates/style.css").read_text(encoding="utf-8")
LETTERS = [
    *product(("ink", "muted", "accent", "mark", "go", "no-go", "undecided"), ("paper", "panel")),
    *product(("on-answer",), ("muted", "go", "no-go", "undecided")),
]
SHAPES = [
    *product(("accent", "fill", "mark", "edge", "go", "no-go", "undecided"), ("paper",)),
    *product(("fill", "go", "no-go", "undecided"), ("panel",)),
    ("ink", "paper"),
]


def colours(style: str) -> dict[str, tuple[str, str]]:
    """The variables of a style: light and dark."""
    return {name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", style)}


def luminance(colour: str) -> float:
    """Relative luminance of a colour as #rrggbb, from 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_letters_and_shapes_can_be_told_from_what_is_behind_them(theme):
    shown = {name: pair[theme] for name, pair in colours(STYLE).items()}
    faint = [(a, b, round(contrast(shown[a], shown[b]), 2)) for a, b in LETTERS if contrast(shown[a], shown[b]) < 4.5]
    faint += [(a, b, round(contrast(shown[a], shown[b]), 2)) for a, b in SHAPES if contrast(shown[a], shown[b]) < 3.0]
    assert faint == []


def test_the_formula_gives_the_known_values():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#ff0000", "#00ff00") == pytest.approx(2.91, abs=0.005)


def test_every_colour_is_a_variable_in_both_themes():
    rules = STYLE.partition("}")[2]
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb|hsl", rules) == []
    used = set(re.findall(r"var\(--([\w-]{2,})\)", STYLE))  # places of bars have one letter
    assert used == colours(STYLE).keys()
    assert used - {name for pair in LETTERS + SHAPES for name in pair} == {"rule"}  # lines that part, and say nothing
