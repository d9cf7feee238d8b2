"""Run `nistaran` under a cap on its address space and write down its peak of memory: `bounded.py CAP_MB REPORT WORDS…`.

A process of its own: the cap would otherwise hold for the tests too.
"""

from __future__ import annotations

import atexit
import resource
import runpy
import sys
from pathlib import Path


def peak_mb() -> int:
    """The largest resident size so far. Not ru_maxrss: that one is handed down from the process that started us."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def main() -> None:
    """Take the cap and the report from the command line, leave the rest to nistaran."""
    cap, report, *words = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (int(cap) << 20, int(cap) << 20))
    atexit.register(lambda: Path(report).write_text(str(peak_mb()), encoding="ascii"))
    sys.argv = ["nistaran", *words]
    runpy.run_module("nistaran.cli", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
