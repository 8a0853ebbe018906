"""What went into a run, made again from its streams: the columns that finish and cost are held against."""
