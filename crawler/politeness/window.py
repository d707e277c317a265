"""The hours of the day in which a portal may be asked, as its entry in the registry says (``window: "22:00-06:00"``).

Portals' operators ask for crawls at night; the hours are those of China, wherever the crawler runs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone

_FORM = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
CHINA = timezone(timedelta(hours=8))  # one time for the whole country, without summer time


@dataclass(frozen=True, slots=True)
class Window:
    """From ``opens`` until ``closes``, over midnight where that is earlier; the same time twice is the whole day."""

    opens: time
    closes: time

    @classmethod
    def parse(cls, text: str) -> Window:
        """Read ``HH:MM-HH:MM``. Raises ``ValueError`` for anything else."""
        found = _FORM.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"{text!r} is not a window such as 22:00-06:00")
        return cls(time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4])))

    def is_open(self, moment: float) -> bool:
        """Whether a moment (seconds since the epoch) lies in it."""
        clock = datetime.fromtimestamp(moment, UTC).astimezone(CHINA).time()
        if self.opens < self.closes:
            return self.opens <= clock < self.closes
        return clock >= self.opens or clock < self.closes

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"
