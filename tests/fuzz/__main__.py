"""Hunt for faults by hand: ``python -m tests.fuzz --minutes 30 [--seed N] [--only KIND] [--keep DIR]``.

``--case KIND:SEED:STEPS`` runs one case again, in the form in which it was reported.
"""

from __future__ import annotations

import argparse
import collections
import re
import sys
import time
from pathlib import Path

from tests.fuzz import hunt
from tests.fuzz.case import Case
from tests.fuzz.kinds import KINDS


def main() -> int:
    """Run cases until the time is over; return 1 if any fault was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", action="append", choices=[*KINDS])
    parser.add_argument("--keep", type=Path, help="folder for the inputs that show a fault")
    parser.add_argument("--case", type=Case.parse, help="one case to run again")
    asked = parser.parse_args()
    chosen = [asked.case] if asked.case else hunt.draw_cases(asked.only or [*KINDS], asked.seed)
    ends, worker = time.monotonic() + asked.minutes * 60, hunt.Worker()
    seen: collections.Counter[str] = collections.Counter()
    for number, case in enumerate(chosen, start=1):
        for fault in worker.judge(case):
            seen[fault.what] += 1
            if seen[fault.what] == 1:
                shortest = hunt.shrink(case, fault.what, worker.judge)
                print(
                    f"\n{fault.what}\n  --case {shortest}\n" + fault.detail.replace("\n", "\n  "), flush=True
                )
                if asked.keep:
                    name = re.sub(r"\W+", "-", f"{fault.what}")[:80]
                    hunt.keep_input(shortest, asked.keep / name)
        left = ends - time.monotonic()
        print(f"\r{number} cases, {len(seen)} faults, {max(0, left):.0f} s left ", end="", file=sys.stderr)
        if left < 0:
            break
    worker.close()
    print(f"\n{number} cases, {len(seen)} different faults")
    for what, times in seen.most_common():
        print(f"{times:5} {what}")
    return int(bool(seen))


if __name__ == "__main__":
    sys.exit(main())
