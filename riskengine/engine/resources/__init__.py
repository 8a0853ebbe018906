"""Resources: how levelling puts tasks off, who uses how many units when, and units in use in each month."""
