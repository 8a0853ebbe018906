"""Tables of tasks and of risks, from CSV and from workbooks, as spreadsheets of all countries write them."""
