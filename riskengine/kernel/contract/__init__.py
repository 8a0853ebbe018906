"""What goes into the core and comes out of it, declared and laid out without numba, so that plans are built to it."""
