"""Words, streams and quantiles, made anew in plain Python."""
