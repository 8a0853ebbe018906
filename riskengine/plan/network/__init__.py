"""Logic as arrays: the order of tasks, relationships, what progress has settled, and what binds tasks besides."""
