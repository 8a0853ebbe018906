"""Work items of trackers and task lists of sheets: maps say which column is what, and everything else is one road."""
