"""The commands, one file each, imported when it is called: what is asked, and in which order the work is done."""
