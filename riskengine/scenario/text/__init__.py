"""From the bytes of files to one merged document, each point of which knows its file and line."""
