"""The variable of the environment by which the completion script of a shell asks for what may stand next."""

from typing import Final

COMPLETION: Final = "_RISKENGINE_COMPLETE"
