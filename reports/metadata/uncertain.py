"""Where organ, year or date rest on a weak witness: said beside the value, so that nobody takes it for printed.

The report itself may name neither its organ nor its year; then the site's name and the day of publication are what is
left, which are another's often enough: a county's site carries its bureaus' reports, and reports are moved years later.
All candidates are kept on the record with their sources.
"""

from __future__ import annotations

from reports.record import Candidate, Problem

#: What tells whose the site is, not whose the report.
_SITE = frozenset(("opening (website)", "page title", "meta sitename", "portal"))
#: From which a year follows only if the report was published in the year after, or is the one that a text speaks of.
_INFERRED = frozenset(("date of publication", "first section", "period (doubtful)", "parent page"))


def uncertain(organs: list[Candidate], years: list[Candidate], dates: list[Candidate], chosen: bool) -> list[Problem]:
    """What of a description is only inferred. Each list begins with the reading that was chosen; ``chosen``: whether
    a date was.
    """
    problems: list[Problem] = []
    if organs and organs[0].source in _SITE:
        message = f"the report does not name its organ; {organs[0].source} names {organs[0].value}"
        problems.append(Problem(code="organ-uncertain", message=message))
    if years and years[0].source in _INFERRED:
        message = f"the report does not tell its year; {years[0].source} gives {years[0].value}"
        problems.append(Problem(code="year-uncertain", message=message))
    if dates and not chosen:
        message = f"no date that can be believed: {dates[0].source} gives {dates[0].value}"
        problems.append(Problem(code="date-uncertain", message=message))
    return problems
