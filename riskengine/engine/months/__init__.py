"""Calendar months: runs made again for tables of months, and sums over months of what accrues evenly."""
