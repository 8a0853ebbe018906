"""Microsoft Project: the XML that it saves (MSPDI)."""
