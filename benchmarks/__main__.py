"""`make bench`: every row, then docs/benchmarks.md. BENCH_QUICK=1 looks at less and writes nothing."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec

from benchmarks import report
from benchmarks.records import Findings, mark
from benchmarks.report import PARTS


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    options.add_argument("parts", nargs="*", default=PARTS, metavar="PART", help=f"of {', '.join(PARTS)}; all")
    chosen = options.parse_args().parts
    quick = os.environ.get("BENCH_QUICK") == "1"
    with suppress(PermissionError):
        os.nice(-10)  # what else the machine does is not what is measured
    for part in chosen:
        if find_spec(f"benchmarks.{part}") is None:
            print(f"{part}: not there yet", flush=True)
            continue
        begun = time.monotonic()
        measure: Callable[..., Findings] = import_module(f"benchmarks.{part}").measure
        found = measure(quick=quick)
        if not quick:
            report.write(part, found)
        print(f"\n{part} ({time.monotonic() - begun:.0f} s)")
        for row in found.rows:
            print(f"  {row.what}\n    goal {row.goal}: {row.value} {mark(row.met)}")
            for name, value in row.others:
                print(f"    {name}: {value}")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
