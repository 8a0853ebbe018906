"""Files put together to one document: versions, extends, tables, changes; each point of it knows its file and line."""
