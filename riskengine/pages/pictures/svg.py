"""Elements of SVG, every attribute and text of which is escaped."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from riskengine.report.notation import clean

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
    """Return the data of a line through points."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def picture(width: Number, height: Number, inside: Iterable[Markup], **attributes: Number | str) -> Markup:
    """Return an SVG of a size, which scales with the page; who does not see it hears the label of its figure."""
    return element("svg", *inside, viewBox=f"0 0 {number(width)} {number(height)}", aria_hidden="true", **attributes)
