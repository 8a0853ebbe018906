"""Addresses of other pages beside one: relative, of plain letters, leading nowhere else."""

from typing import Final

PLAIN: Final = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
"""Bytes that stand for themselves in an address."""


def relative_address(*names: str) -> str:
    """Return the address of a file below the folder of a page.

    Parameters
    ----------
    *names : str
        Names of folders and of the file, each by itself: a slash in one of them is no step into another folder.

    Raises
    ------
    ValueError
        For a name that leads upwards, or is none.

    References
    ----------
    RFC 3986, 2.1 and 2.3. The address begins with a point, so that no name is taken for a scheme.
    """
    if any(name in ("", ".", "..") for name in names):
        raise ValueError(names)
    return "/".join([".", *(_encoded(name) for name in names)])


def _encoded(name: str) -> str:
    """Return a name with every byte but plain ones as its number; bytes that are no text come back as they were."""
    encoded = name.encode("utf-8", "surrogateescape")
    return "".join(chr(byte) if byte in PLAIN else f"%{byte:02X}" for byte in encoded)
