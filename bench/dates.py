"""How much faster the fixed date patterns are than dateparser, on the forms that portals print.

One run, interleaved, medians of CPU time; the ratio is what counts. Also printed: how many forms each reads right.
Run: ``python -m bench.dates``.
"""

from __future__ import annotations

import statistics
import time
import warnings
from collections.abc import Callable

from reports.metadata.dates import read_date

FORMS = {
    "2024-01-17": "2024-01-17",
    "2024/1/7": "2024-01-07",
    "2024.01.17 10:20": "2024-01-17",
    "2024年1月17日": "2024-01-17",
    "2020年08月02日": "2020-08-02",
    "2024年1月": "2024-01",
    "二〇二四年一月三十一日": "2024-01-31",
    "发布日期：2024-01-31": "2024-01-31",
    "2024-01-17 10:00:002024-01-18 11:00:00": "2024-01-17",
    "2021-03-2918:26": "2021-03-29",
    "20240131": "2024-01-31",
    "2026-02-11 09:19": "2026-02-11",
}
ROUNDS = 15


def once(read: Callable[[str], object], times: int) -> float:
    """Seconds of CPU for one date, over all forms."""
    began = time.process_time()
    for _ in range(times):
        for text in FORMS:
            read(text)
    return (time.process_time() - began) / times / len(FORMS)


def main() -> None:
    """Print the three medians, the ratios and the hits."""
    import dateparser

    readers: dict[str, tuple[Callable[[str], object], int]] = {
        "fixed patterns": (read_date, 400),
        "dateparser, Chinese": (lambda text: dateparser.parse(text, languages=["zh"]), 2),
        "dateparser": (dateparser.parse, 1),
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for read, _ in readers.values():
            once(read, 1)
        seconds: dict[str, list[float]] = {name: [] for name in readers}
        for _ in range(ROUNDS):
            for name, (read, times) in readers.items():
                seconds[name].append(once(read, times))
        medians = {name: statistics.median(values) for name, values in seconds.items()}
        ours = medians["fixed patterns"]
        for name, (read, _) in readers.items():
            right = sum(str(read(text) or "")[: len(expected)] == expected for text, expected in FORMS.items())
            ratio = medians[name] / ours
            print(
                f"{name:20} {medians[name] * 1e6:9.1f} µs a date  {ratio:7.0f} x  {right} of {len(FORMS)} forms right"
            )


if __name__ == "__main__":
    main()
