"""What goes wrong in ZIP archives that are damaged, or made to do harm."""

import zipfile
import zlib
from typing import Final

DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What opening an archive and reading a part of it raise, but for ``OSError``: broken, cut short, without that part,
packed as Python does not know, encrypted, of sizes or names that cannot be."""
