"""Archives of Office documents that say nothing of the hour: the same content gives the same bytes."""

import io
import re
import zipfile

FIRST_HOUR = (1980, 1, 1, 0, 0, 0)
"""The earliest that an archive can say; no date is meant."""
HOUR = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</)")
NO_HOUR = rb"\g<1>1980-01-01T00:00:00Z\g<2>"


def without_hour(document: bytes) -> bytes:
    """Return a document, and the workbooks inside it, without the hour at which it was made."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith(".xlsx"):
                data = without_hour(data)
            elif name == "docProps/core.xml":
                data = HOUR.sub(NO_HOUR, data)
            target.writestr(zipfile.ZipInfo(name, FIRST_HOUR), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()
