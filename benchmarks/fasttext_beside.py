"""fastText on the same rows and texts, in a process of its own (beside scikit-learn's libraries its training ends in «NaN»).

`python -m benchmarks.fasttext_beside TRAIN TEXTS TRUTH LETTERS REPEATS` prints JSON: seconds of the best repeat over TEXTS, and the labels
of TRUTH. The files have one text a line, TRAIN in fastText's own form.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def main() -> None:
    """Train, time, predict."""
    try:
        import fasttext
    except ImportError as error:
        raise SystemExit("fastText is not installed: pip install -e '.[bench]'") from error
    train, texts, truth, letters, repeats = sys.argv[1:]
    most = 5 if letters == "letters" else 0
    model = fasttext.train_supervised(
        train, epoch=25, lr=0.3, dim=64, minn=min(3, most), maxn=most, thread=1, verbose=1
    )
    asked = Path(texts).read_text(encoding="utf-8").splitlines()
    seconds = []
    for _ in range(int(repeats)):
        started = time.perf_counter()
        model.predict(asked)
        seconds.append(time.perf_counter() - started)
    labels, _ = model.predict(Path(truth).read_text(encoding="utf-8").splitlines())
    said = [found[0].removeprefix("__label__") for found in labels]
    sys.stdout.write(json.dumps({"seconds": min(seconds), "said": said}) + "\n")


if __name__ == "__main__":
    main()
