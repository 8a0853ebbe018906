"""The page of the Python API says what the docstrings say, and misses nothing that is public."""

import re

import riskengine
from riskengine import model
from tests.unit.python_api.page import PAGE, marked_down, page, signature, text_of

TEXT = PAGE.read_text(encoding="utf-8")


def test_the_page_is_what_its_command_writes():
    assert page() == TEXT, "run python -m tests.unit.python_api.page"


def test_everything_public_stands_on_the_page():
    for name in dir(riskengine):
        if name != "__version__":
            assert re.search(rf"^##+ `?(riskengine\.)?{name}`?$", TEXT, flags=re.MULTILINE), name
    for kind in (riskengine.Scenario, riskengine.Run, riskengine.Table):
        own = [name for name, value in vars(kind).items() if not name.startswith("_") and name != "model_post_init"]
        for name in own:
            if name not in ("model_config",):
                assert f"### `{kind.__name__}.{name}`" in TEXT
    assert all(f"| `{name}` |" in TEXT for name in ("Task", "Risk", "Pert", "Calendar") if name in model.__all__)


def documented(number: int, *, text: str = "x") -> int:
    """Do something to ``number``, see :func:`other`.

    Parameters
    ----------
    number : int [days]
        Any. It may
        be large.
    text : str

    Raises
    ------
    ValueError
        Never.

    Notes
    -----
    As in::

        documented(3)

    and ``so`` on.
    """
    return number


def test_a_docstring_becomes_markdown():
    assert signature(documented) == "documented(number: int, *, text: str = 'x') -> int"
    assert text_of(documented) == (
        "Do something to `number`, see `other`.\n\n"
        "**Parameters**\n\n- `number` : int [days]  \n  Any. It may\n  be large.\n- `text` : str\n\n"
        "**Raises**\n\n- `ValueError`  \n  Never.\n\n"
        "**Notes**\n\nAs in:\n\n```python\ndocumented(3)\n```\n\nand `so` on.\n"
    )
    assert marked_down("``a`` :class:`~b.c`") == "`a` `b.c`"
