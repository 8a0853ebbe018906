"""What drives finish, cost and gates of a run: in days, money and chances, each with its interval."""

from riskengine.analysis.drivers.inputs import Answer, drivers

__all__ = ["Answer", "drivers"]
