"""Commands that the runner of GitHub reads from the output of a step.

References
----------
https://docs.github.com/actions/reference/workflow-commands-for-github-actions, and ``ActionCommand`` of the runner's
source for what is escaped: percent signs and line ends in the message, colons and commas in a property, too.
"""

from riskengine.report.text.notation import clean


def message_text(text: str) -> str:
    """Return text as the message of a command holds it: on one line, to be read back as it was."""
    return clean(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def property_text(text: str) -> str:
    """Return text as a property of a command holds it."""
    return message_text(text).replace(":", "%3A").replace(",", "%2C")


def annotation(message: str, title: str, file: str = "", line: int | None = None, *, level: str = "error") -> str:
    """Return the command that marks a place of a file.

    Parameters
    ----------
    message, title : str
    file : str
        Relative to the root of the repository; empty where there is none.
    line : int, optional
        From 1.
    level : str
        ``error`` or ``warning``.
    """
    properties = {"file": file, "line": "" if line is None or not file else str(line), "title": title}
    parameters = ",".join(f"{name}={property_text(value)}" for name, value in properties.items() if value)
    return f"::{level} {parameters}::{message_text(message)}"
