"""What is drawn: which variable gets a Sobol dimension, and the values of single variables once more."""
