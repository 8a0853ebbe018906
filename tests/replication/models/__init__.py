"""One model a file: `build()` returns it, the name of the file is its id."""
