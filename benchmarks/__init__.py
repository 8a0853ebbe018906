"""How fast riskengine is, held against goals: ``python -m benchmarks``."""
