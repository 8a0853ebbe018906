"""Names of folders from names that anybody may have written."""

import hashlib
import re

LONGEST = 120
UNSAFE = re.compile(r"[^A-Za-z0-9._@-]")


def label(name: str) -> str:
    """Return a name as part of a path: what is not a plain letter, a digit or one of ``._@-`` is percent-encoded.

    Readers of hive-style folders decode it. A name that would be too long is cut and ends in a hash.
    """
    encoded = UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8")), name)
    return encoded if len(encoded) <= LONGEST else hashed(name, encoded)


def hashed(name: str, encoded: str) -> str:
    """Return the beginning of an encoded name with a hash of the whole name behind it."""
    beginning = encoded[: LONGEST - 20].rpartition("%")[0] if "%" in encoded[LONGEST - 22 : LONGEST - 20] else ""
    digest = hashlib.sha256(name.encode("utf-8")).hexdigest()[:16]
    return f"{beginning or encoded[: LONGEST - 20]}-{digest}"


def distinct(name: str, taken: set[str]) -> str:
    """Return the label of a name that differs from those that are taken, also where upper case is as lower."""
    wanted = label(name)
    return hashed(name, wanted) if wanted.casefold() in taken else wanted
