"""Who may ask: only the page itself, from this machine, with the token that stands in its address."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
"""Of every answer: nothing is loaded from elsewhere, no script runs but our file, no other page may look in."""
LOOPBACK: Final = ("127.0.0.1", "localhost")


@dataclass(frozen=True)
class Guard:
    """What lets a request in.

    Parameters
    ----------
    port : int
    token : str
    """

    port: int
    token: str

    @property
    def hosts(self) -> tuple[str, ...]:
        """Names under which a browser of this machine asks for us."""
        return tuple(f"{name}:{self.port}" for name in LOOPBACK)

    def refusal(self, method: str, headers: Mapping[str, str], token: str) -> str:
        """Return why a request is refused, or nothing.

        Parameters
        ----------
        method : str
        headers : mapping of str to str
            Names in small letters.
        token : str
            As the address has it.
        """
        if headers.get("host", "").lower() not in self.hosts:
            return "this address is not served here"
        origin = headers.get("origin")
        if origin is None:
            if method == "POST":
                return "a request that changes something must say which page it comes from"
        elif origin.lower() not in {f"http://{host}" for host in self.hosts}:
            return "another page has nothing to ask here"
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return "another page has nothing to ask here"
        if not secrets.compare_digest(token.encode("utf-8", "replace"), self.token.encode("ascii")):
            return "the address has not the token that riskengine serve printed"
        return ""


def new_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_urlsafe(24)
