"""Risk registers, Excel or CSV: headings understood, values checked, tasks found."""
