"""`make bench`: the main job measured, and benchmarks/results.md written from what was measured.

`python -m benchmarks [--count 100000] [--large 1000000] [--only main|memory|district|sweep]`. Each figure with machine and commit.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.complaints import write_complaints
from nistaran.bootstrap import project_root

ROOT = project_root()
SHEETS = ROOT / "models" / "corpus" / "sheets"
RESULTS = ROOT / "benchmarks" / "results.md"
BATCH = 1000


def measured(module: str, *words: str, env: dict[str, str], core: int = 0) -> dict[str, Any]:
    """Run a module on one core and read the JSON line that it prints last."""
    command = [sys.executable, "-m", module, *words]
    if shutil.which("taskset"):
        command = ["taskset", "-c", str(core), *command]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "NISTARAN_INBOX_QUIET_SECONDS": "0", **env},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{module} failed:\n{done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


@contextmanager
def prefect_server(home: Path, port: int) -> Iterator[dict[str, str]]:
    """A Prefect server on the other core; gives the environment in which flows find it."""
    from nistaran.cli.serving import ServerSilent, await_health, end_process

    address = f"http://127.0.0.1:{port}"
    env = {
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": f"{address}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_LOGGING_LEVEL": "WARNING",
    }
    home.mkdir(parents=True)
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    if shutil.which("taskset"):
        command = ["taskset", "-c", str((os.cpu_count() or 1) - 1), *command]
    with (home / "server.log").open("wb") as log:
        server = subprocess.Popen(command, env={**os.environ, **env}, stdout=log, stderr=log)
    try:
        await_health(f"{address}/api/health", server)
        yield env
    except ServerSilent as error:
        raise RuntimeError((home / "server.log").read_text()[-2000:]) from error
    finally:
        end_process(server)


def main_job(folder: Path, count: int) -> list[str]:
    """The whole path through Prefect, the steps alone, and the floor, side by side in one run."""
    csv = folder / "complaints.csv"
    write_complaints(csv, count=count, seed=1, sheets=SHEETS)
    with prefect_server(folder / "prefect", 4297) as env:
        flow = measured(
            "benchmarks.complaint_run",
            str(csv),
            str(csv),
            "--prefect",
            env={**env, "NISTARAN_HOME": str(folder / "flow")},
        )
    alone = measured("benchmarks.complaint_run", str(csv), str(csv), env={"NISTARAN_HOME": str(folder / "alone")})
    bare = measured("benchmarks.bare_inserts", str(folder / "alone"), str(BATCH), env={})
    if not flow["cases"] == alone["cases"] == bare["cases"] == count:
        raise RuntimeError(f"not all complaints were worked: {flow}, {alone}, {bare}")
    whole, steps = flow["ingest_s"] + flow["route_s"], alone["ingest_s"] + alone["route_s"]
    return [
        f"| ingest → route → committed, through Prefect, {count:,} complaints of 40 words | {count / whole:,.0f} complaints/s | ≥ 4,000 |",
        f"| … of it ingest / route | {count / flow['ingest_s']:,.0f} / {count / flow['route_s']:,.0f} a second | |",
        f"| Prefect's share of the wall time | {100 * (whole - flow['steps_s']) / whole:.1f} % | ≤ 10 % |",
        f"| the same steps without Prefect | {count / steps:,.0f} complaints/s | |",
        f"| bare `executemany` of the very same {sum(bare['copied'].values()):,} rows "
        f"| {count / bare['bare_s']:,.0f} complaints/s | |",
        f"| ratio to bare inserts | 1 / {steps / bare['bare_s']:.1f} | 1 / 3 |",
        f"| peak memory of the flow's process | {flow['rss_mb']:.0f} MB | ≤ 400 MB |",
    ]


def memory(folder: Path, count: int) -> list[str]:
    """Peak memory for a much larger file: it must not grow with the number of complaints."""
    csv = folder / "large.csv"
    write_complaints(csv, count=count, seed=2, sheets=SHEETS)
    large = measured("benchmarks.complaint_run", str(csv), str(csv), env={"NISTARAN_HOME": str(folder / "large")})
    steps = large["ingest_s"] + large["route_s"]
    return [
        f"| peak memory, {count:,} complaints | {large['rss_mb']:.0f} MB | ≤ 400 MB |",
        f"| ingest → route without Prefect, {count:,} complaints | {count / steps:,.0f} complaints/s | |",
    ]


def machine() -> str:
    """What this was measured on."""
    model = (
        re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
        if Path("/proc/cpuinfo").exists()
        else None
    )
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    load = os.getloadavg()[0]
    return (
        f"{model.group(1) if model else platform.processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"commit {commit.stdout.strip() or '-'}, {datetime.now(UTC):%Y-%m-%d}, load before the run {load:.1f}"
    )


def write(section: str, rows: list[str], where: str) -> None:
    """Put a section's table into results.md, in place of the one before."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Measured\n"
    block = (
        f"<!-- {section} -->\n\nMeasured on: {where}.\n\n| what | measured | aim |\n| --- | ---: | ---: |\n"
        + "\n".join(rows)
        + f"\n\n<!-- /{section} -->"
    )
    pattern = re.compile(rf"<!-- {section} -->.*?<!-- /{section} -->", re.S)
    text = pattern.sub(lambda _: block, text) if pattern.search(text) else text.rstrip() + "\n\n" + block + "\n"
    RESULTS.write_text(text, encoding="utf-8")


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument(
        "--only", choices=["main", "memory", "district", "sweep"], help="district: the month through the steps"
    )
    chosen = parser.parse_args()
    if chosen.only == "sweep":
        from benchmarks.sweep_figures import sweep_section

        sweep_section(chosen.count)
        return
    if chosen.only == "district":
        from benchmarks.district_through_steps import main as district_month

        district_month([])
        return
    where = machine()
    with tempfile.TemporaryDirectory() as name:
        if chosen.only != "memory":
            write("main job", main_job(Path(name), chosen.count), where)
        if chosen.only != "main":
            write("memory", memory(Path(name), chosen.large), where)
    if chosen.only is None:
        from benchmarks.sweep_figures import sweep_section

        sweep_section(chosen.count)
    print(RESULTS.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
