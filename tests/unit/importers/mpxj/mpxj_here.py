"""Whether MPXJ can be run on this machine."""

import importlib.util
import shutil

import pytest

HAS_MPXJ = shutil.which("java") is not None and importlib.util.find_spec("mpxj") is not None
needs_mpxj = pytest.mark.skipif(not HAS_MPXJ, reason="no Java or no mpxj on this machine")
