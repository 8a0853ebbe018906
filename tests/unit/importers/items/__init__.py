"""Work items of trackers and lists of tasks."""
