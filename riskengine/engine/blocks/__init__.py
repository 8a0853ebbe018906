"""Blocks of iterations: shared out to threads, stratified, run once the core is compiled and memory suffices."""
