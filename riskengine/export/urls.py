"""Addresses of databases: what may be printed of one, and whether it says what it seems to say."""

import re

from riskengine.errors import UsageError

PART = r"(?:[^%@/:?&=\s]|%(?!00)[0-9A-Fa-f]{2})"
HOST = rf"(?:\[[0-9A-Fa-f:.%]*\]|{PART}*)(?::[0-9]*)?"
PASSWORD = r"(?:[^%@/\s]|%(?!00)[0-9A-Fa-f]{2})*"
VALUE = r"(?:[^%@&=\s]|%(?!00)[0-9A-Fa-f]{2})"
ADDRESS = re.compile(
    rf"postgresql://(?:{PART}*(?::{PASSWORD})?@)?{HOST}(?:,{HOST})*(?:/{PART}*)?(?:\?(?:{VALUE}+={VALUE}*(?:&|$))*)?"
)
"""An address in which a password stands where passwords stand: libpq would repeat parts of others in its messages."""
SECRET = re.compile(r"^[^=]*(?:password|secret|%)[^=]*=", re.IGNORECASE)
"""An option that holds a password, or one with an escaped name, which may be such a one."""


def without_password(address: str) -> str:
    """Return an address as it may be printed, also one that is written wrongly."""
    scheme, separator, rest = address.partition("://")
    if not separator:
        return address
    user_and_password, at, place = rest.rpartition("@")
    if at:
        rest = f"{user_and_password.partition(':')[0]}@{place}"
    place, question, query = rest.partition("?")
    options = [option for option in query.split("&") if not SECRET.search(option)]
    return f"{scheme}://{place}{question if any(options) else ''}{'&'.join(options)}"


def check_address(address: str) -> None:
    """Refuse an address that could be read in two ways, without repeating what may be a password.

    Raises
    ------
    UsageError
        Also where a character that separates parts stands unescaped inside one.
    """
    if not ADDRESS.fullmatch(address):
        raise UsageError(
            "this is no address of a database: postgresql://USER@HOST:PORT/DATABASE?NAME=VALUE",
            "RE722",
            "write @ as %40, / as %2F, = as %3D and % as %25 inside names, passwords and values",
        )
