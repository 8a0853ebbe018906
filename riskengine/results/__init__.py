"""What a run leaves behind: the registry of tables and columns, the run, its folder on the disk."""
