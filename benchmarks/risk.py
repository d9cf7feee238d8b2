"""The learned risk against «days left» and the office's past share, on the simulated district: trained on earlier days, measured on later ones.

`python -m benchmarks.risk [--months 8] [--cases 3000] [--seeds 3] [--dry]` writes the section into results.md. A simulation on assumed
behaviour (risk_district.py), not a measurement of a district.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from statistics import mean, stdev

from benchmarks.__main__ import machine, write
from benchmarks.risk_district import START, District
from models.risk.gate import check, train
from nistaran.bootstrap import packs_folder
from nistaran.domain.risk_history import Example, History
from nistaran.domain.risk_trained import RiskTrained
from routing.district import load_district
from routing.escalation import load_escalation_rules
from routing.pack import load_pack
from routing.transfer_rules import load_transfer_rules

_WARM = 45  #: days until desks have filled
_EVERY = 4  #: days between two looks
_NAMES = {"learned": "learned", "days left": "days left alone, calibrated", "office": "office's past share"}


def lived(seed: int, months: int, a_month: int) -> tuple[list[Example], date]:
    """The examples of a district that was lived, and the day on which they are looked at."""
    folder = packs_folder() / "up"
    pack = load_pack(folder)
    district = load_district(folder / "districts" / "siddharthnagar", pack)
    calendar = load_escalation_rules(folder, pack, district).calendar
    there = District(load_transfer_rules(folder, pack, district), calendar, seed)
    end = there.live(months, a_month=a_month)
    working: Callable[[date, date], int] = cache(calendar.working_days_between)
    history = History(there.courses, working=working, until=end)
    days = [START + timedelta(days=turn) for turn in range(_WARM, (end - START).days, _EVERY)]
    return list(history.examples(days)), end


def rows(trained: list[RiskTrained], elsewhere: list[float], seconds: list[float]) -> list[str]:
    """The lines of the section."""

    def told(name: str, figure: str, scale: float = 1.0) -> str:
        each = [scale * one.figures[name][figure] for one in trained]
        spread = f" ± {stdev(each):.{3 if scale == 1 else 1}f}" if len(each) > 1 else ""
        return f"{mean(each):.{4 if scale == 1 else 1}f}{spread}"

    found = []
    for figure, what, scale in (
        ("brier", "Brier score", 1.0),
        ("log_loss", "logarithmic loss", 1.0),
        ("ece", "calibration error", 1.0),
        ("head", "true defaulters in the first tenth of the morning's list, %", 100.0),
    ):
        found += [f"| {what}: {_NAMES[name]} | {told(name, figure, scale)} | |" for name in _NAMES]
    kept = sum(one.why is None for one in trained)
    share = mean(base_rates)
    found += [
        f"| … the most that a perfect order could have there | {10 / share:.1f} | |",
        f"| learned model kept by the gate | {kept} of {len(trained)} seeds | all |",
        f"| Brier score in another district (trained in one, used in the next seed's) | {mean(elsewhere):.4f} | |",
        f"| share of defaulters among the examples | {100 * share:.1f} % | |",
        f"| examples a seed; seconds to train and compare | {mean(one.examples for one in trained):,.0f}; {mean(seconds):.1f} | |",
    ]
    return found


base_rates: list[float] = []


def measure(seeds: int, months: int, a_month: int) -> list[str]:
    """Every seed: live, train, compare; and each model in the next seed's district."""
    trained, seconds, last_model, elsewhere = [], [], None, []
    for seed in range(1, seeds + 1):
        examples, end = lived(seed, months, a_month)
        base_rates.append(mean(one.defaulted for one in examples))
        if last_model is not None:
            later = [one for one in examples if one.day >= START + 0.75 * (end - START)]
            elsewhere.append(check(last_model, later).brier)
        began = time.perf_counter()
        outcome = train(examples, today=end)
        seconds.append(time.perf_counter() - began)
        trained.append(outcome)
        last_model = outcome.model
    return rows(trained, elsewhere or [float("nan")], seconds)


def parameters() -> Mapping[str, object]:
    """What is measured when nothing is asked for."""
    return {"months": 8, "cases": 3000, "seeds": 3}


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, value in parameters().items():
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--dry", action="store_true", help="print only")
    chosen = parser.parse_args()
    where = machine()
    table = measure(chosen.seeds, chosen.months, chosen.cases)
    if not chosen.dry:
        what = (
            f"a simulation on assumed behaviour, {chosen.months} months of {chosen.cases:,} cases, {chosen.seeds} seeds"
        )
        write("default risk", table, f"{where}; {what}")
    print("\n".join(table))


if __name__ == "__main__":
    main()
