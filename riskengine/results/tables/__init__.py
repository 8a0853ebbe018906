"""The tables of a results folder: their declarations, and how they are made of arrays."""
