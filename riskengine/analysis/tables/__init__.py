"""The tables of a run: a file for what each table is about, and one that makes them all."""
