"""How often the printed intervals hold what is true: the replication study, `python -m tests.replication`.

A model is a small file in `models/`: a scenario, and what is true of it, known without the engine. The study runs it
with many seeds the way a user does, reads the printed estimates from the tables of the run and counts.
"""
