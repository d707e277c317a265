"""Runs the whole suite.

    python -m tests.archive.faults --kills 200 --flips 1000 --cuts 300

Prints a line a fault and exits 1 unless nothing was lost and nothing went unnoticed. Tests run a small number of each.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from pathlib import Path

from tests.archive.faults.count import Count
from tests.archive.faults.damage import cuts, flips, flips_while_open, removals
from tests.archive.faults.disks import disk_full, file_size_limit, small_disk
from tests.archive.faults.kills import kills


def main() -> int:
    parser = argparse.ArgumentParser(description="The archive's fault suite")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--full", type=int, default=10, help="how often a small disk is filled")
    parser.add_argument("--flips", type=int, default=1000)
    parser.add_argument("--cuts", type=int, default=300)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    chosen = parser.parse_args()
    print(f"seed {chosen.seed}", flush=True)
    counts: list[Count] = []

    def told(count: Count) -> None:
        counts.append(count)
        print(count.line(), flush=True)
        for what in (*count.lost, *count.unnoticed)[:10]:
            print(f"  {what}", flush=True)

    with tempfile.TemporaryDirectory(prefix="gongkai-faults-") as place:
        root = Path(place)
        told(kills(root / "kills", chosen.kills, chosen.seed))
        told(disk_full(root / "limit", chosen.full, file_size_limit(150_000), lambda: None, chosen.seed))
        with small_disk(3) as disk:
            if disk is None:
                print("small disk: skipped, mounting one needs root")
            else:
                ballast = disk / "ballast"
                ballast.write_bytes(bytes(2_000_000))
                step = 2_000_000 // (chosen.full + 1)

                def free() -> None:
                    os.truncate(ballast, max(0, ballast.stat().st_size - step))

                told(disk_full(disk / "archive", chosen.full, lambda: None, free, chosen.seed))
        told(flips(root / "flips", chosen.flips, chosen.seed))
        told(flips_while_open(root / "open", chosen.flips, chosen.seed))
        told(cuts(root / "cuts", chosen.cuts, chosen.seed))
        told(removals(root / "removals"))
    return 0 if all(count.clean for count in counts) else 1


if __name__ == "__main__":
    sys.exit(main())
