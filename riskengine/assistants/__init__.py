"""The read-only verbs for assistants, over the Model Context Protocol on standard input and output."""
