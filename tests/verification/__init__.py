"""The engine against numbers that are known exactly: closed forms, quadrature, printed results, a large simulation."""
