"""Changes of a plan that somebody asked for, and what was decided."""

from datetime import datetime
from typing import Annotated

from riskengine.model.fields import LONGEST_TEXT, Flag, Instant, Text
from riskengine.model.frozen import Frozen


class Change(Frozen):
    """The record of a change request, or of a status update, which stands in the file that makes it.

    A file that extends others has its own record beside theirs. No number depends on it.
    """

    id: str
    name: Annotated[str, Text("Name of the change.", is_written=True, example='"Second crane"')] = ""
    who: Annotated[str, Text("Who asked for it, or decided.", is_required=True, is_written=True, example='"R. Weber"')]
    when: Annotated[
        datetime, Instant("When it was asked for or decided.", is_required=True, is_written=True, example="2027-04-12")
    ]
    why: Annotated[
        str,
        Text(
            "Reason, a text of any length up to 10 000 characters.",
            LONGEST_TEXT,
            has_lines=True,
            is_required=True,
            is_written=True,
            example='"The one on site is too small."',
        ),
    ]
    approved: Annotated[
        bool,
        Flag("True once it is approved; the plan is computed with it either way.", is_written=True, example="true"),
    ] = False
