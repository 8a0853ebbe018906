"""Answers to further questions, and runs side by side: sentences, tables, JSON objects."""
