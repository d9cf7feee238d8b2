"""Nistaran (निस्तारण): the engine of a district's grievance cell.

Here: the application (domain, readers, steps, doors). Not here: Prefect (flows/), learning (models/), tables (storage/).
"""

import sys
from pathlib import Path

# In a wheel the other top-level folders travel inside this one, so that one name only lands in site-packages.
_HOUSE_ROOT = Path(__file__).parent / "house_root"
if _HOUSE_ROOT.is_dir() and str(_HOUSE_ROOT) not in sys.path:
    sys.path.insert(0, str(_HOUSE_ROOT))
