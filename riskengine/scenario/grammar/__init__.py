"""TOML and JSON: what a text says, on which line it says it, and what was meant where it breaks the grammar."""
