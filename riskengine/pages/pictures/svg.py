"""Elements of SVG, every attribute and text of which is escaped."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from riskengine.pages.pictures.scale import Scale
from riskengine.report.text.notation import clean

Number = float | int


def number(value: Number) -> str:
    """Return a coordinate to a tenth of a unit, as short as it can be written."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")  # no minus zero


def element(tag: str, *inside: Markup, **attributes: Number | str) -> Markup:
    """Return an element; `class_` is the attribute class, other underscores are hyphens."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{value_of(value)}"' for name, value in attributes.items()
    )
    return Markup(f"<{tag}{written}>{''.join(inside)}</{tag}>") if inside else Markup(f"<{tag}{written}/>")


def value_of(value: Number | str) -> Markup:
    """Return the value of an attribute."""
    return escape(value if isinstance(value, Markup) else clean(value) if isinstance(value, str) else number(value))


def text(content: str, x: Number, y: Number, **attributes: Number | str) -> Markup:
    """Return a text, cleaned and escaped."""
    return element("text", escape(clean(content)), x=x, y=y, **attributes)


def path(points: Iterable[tuple[Number, Number]]) -> str:
    """Return the data of a line through points, to a tenth of a unit, each as the way from the one before it."""
    tenths = [(round(10 * x), round(10 * y)) for x, y in points]
    steps = [(x - a, y - b) for (x, y), (a, b) in zip(tenths[1:], tenths, strict=False) if (x, y) != (a, b)]
    first = f"M{number(tenths[0][0] / 10)} {number(tenths[0][1] / 10)}"
    return first + "l" * bool(steps) + " ".join(f"{number(x / 10)} {number(y / 10)}" for x, y in steps)


def stretched(key: str, one: tuple[Scale, Scale], other: tuple[Scale, Scale]) -> Markup:
    """Return what was drawn elsewhere under this key on the scales `one`, drawn again on the scales `other`."""
    (x_factor, x), (y_factor, y) = (_moved(*pair) for pair in zip(one, other, strict=True))
    return element("use", href=f"#{key}", transform=f"matrix({x_factor:.4f} 0 0 {y_factor:.4f} {x:.2f} {y:.2f})")


def _moved(one: Scale, other: Scale) -> tuple[float, float]:
    """Factor and shift that take places on one scale to those on another."""
    factor = (other.end - other.start) / (one.end - one.start)
    return factor, other.start - factor * one.start


def picture(width: Number, height: Number, inside: Iterable[Markup], **attributes: Number | str) -> Markup:
    """Return an SVG of a size, which scales with the page; who does not see it hears the label of its figure."""
    return element("svg", *inside, viewBox=f"0 0 {number(width)} {number(height)}", aria_hidden="true", **attributes)
