"""What can be brought in, one module a kind."""

from .employers import EMPLOYERS
from .jobs import JOBS
from .kind import Kind
from .meetings import MEETINGS
from .participants import PARTICIPANTS

KINDS: dict[str, Kind] = {kind.key: kind for kind in (PARTICIPANTS, EMPLOYERS, MEETINGS, JOBS)}

__all__ = ["KINDS", "Kind"]
