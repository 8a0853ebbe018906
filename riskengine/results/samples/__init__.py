"""What a run measured, as arrays: the hand-over from the engine to the analysis."""
