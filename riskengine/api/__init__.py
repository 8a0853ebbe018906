"""What Python users meet: scenarios that can be changed, runs that answer, tables for other libraries."""
