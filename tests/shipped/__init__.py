"""The scenarios that are shipped: what they promise, and what comes out of them."""
