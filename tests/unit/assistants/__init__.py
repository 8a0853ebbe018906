"""The read-only verbs for assistants."""
