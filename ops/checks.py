"""The checks, by name: checks.py quick | all | fix | test | coverage [options for pytest]."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
TEMPLATES = "src/abdi"


@dataclass(frozen=True)
class Check:
    """One tool with its words; `quick` ones run before each commit."""

    name: str
    words: tuple[str, ...]
    quick: bool = True


@dataclass(frozen=True)
class Result:
    """How one check ended."""

    check: Check
    code: int
    output: str
    seconds: float


CHECKS = (
    Check("types", ("mypy",), quick=False),
    Check("lint", ("ruff", "check", "--quiet", ".")),
    Check("format", ("ruff", "format", "--check", "--quiet", ".")),
    Check("templates", ("djlint", TEMPLATES, "--lint", "--quiet")),
    Check("floors", ("lint-imports", "--no-logo")),
    Check("migrations", ("abdi", "makemigrations", "--check", "--dry-run")),
    Check("translations", ("python", "ops/messages.py", "check")),
    Check("catalogue", ("abdi", "catalogue", "--check", "docs/catalogue.md"), quick=False),
)
# (what, files, least share of lines and branches that tests run, in percent)
DEMO = "*/demo*"
COVERAGE = (
    ("everything", "src/abdi/*", "", 85),
    ("the product, its demo city apart", "src/abdi/*", DEMO, 94),
    ("rules", "*/rules.py,*/rules/*", "", 99),
    ("actions and reactions", "*/actions.py,*/actions/*,*/reactions*", "", 95),
)
FIXES = (
    ("ruff", "check", "--fix", "--quiet", "."),
    ("ruff", "format", "--quiet", "."),
)


def command(words: tuple[str, ...]) -> list[str]:
    """The tool of this environment, whatever is on the path."""
    return [str(BIN / words[0]), *words[1:]]


def run(check: Check) -> Result:
    """Run one check quietly, on an empty data folder."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="abdi-check-") as folder:
        ran = subprocess.run(
            command(check.words),
            cwd=ROOT,
            env={**os.environ, "ABDI_DATA_DIR": folder},
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
    return Result(check, ran.returncode, ran.stdout, time.monotonic() - started)


def run_checks(*, only_quick: bool) -> list[str]:
    """Run them two at a time; print each result; return the names of those that failed."""
    chosen = [check for check in CHECKS if check.quick or not only_quick]
    failed = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for result in pool.map(run, chosen):
            good = result.code == 0
            print(
                f"  {'✓' if good else '✗'} {result.check.name} ({result.seconds:.1f} s)", flush=True
            )
            if not good:
                failed.append(result.check.name)
                print(result.output.strip()[-6000:], flush=True)
    return failed


def fix() -> int:
    """Let the tools repair what they can."""
    return max(subprocess.run(command(words), cwd=ROOT, check=False).returncode for words in FIXES)


def pytest_words(options: list[str], *more: str) -> list[str]:
    """Pytest over everything, slow tests too."""
    workers = ["-n", "2", "--dist", "loadgroup"] if (os.cpu_count() or 1) > 1 else []
    return [sys.executable, "-m", "pytest", "-q", "-m", "", *workers, *more, *options]


def run_tests(options: list[str], *, measured: bool = False) -> list[str]:
    """All tests on SQLite, then on PostgreSQL; the names of the runs that failed.

    `measured`: on SQLite only, and which lines they run, which takes half as long again.
    """
    failed = []
    print("→ Looking for a browser …", flush=True)
    subprocess.run([sys.executable, "tests/chromium.py", "--install"], cwd=ROOT, check=False)
    without_address = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    runs = {
        "tests on SQLite": pytest_words(options),
        "tests on PostgreSQL": [sys.executable, "tests/with_pg.py", *pytest_words(options)],
    }
    if measured:
        runs = {"tests on SQLite": pytest_words(options, "--cov", "--cov-report=")}
    for name, words in runs.items():
        print(f"→ Running the {name} …", flush=True)
        if subprocess.run(words, cwd=ROOT, env=without_address, check=False).returncode:
            failed.append(name)
        elif "--cov" in words and not options:
            failed += uncovered()
    return failed


def uncovered() -> list[str]:
    """The parts that tests run less of than promised."""
    failed = []
    for name, files, apart, least in COVERAGE:
        words = [str(BIN / "coverage"), "report", f"--include={files}", f"--fail-under={least}"]
        words += [f"--omit={apart}"] if apart else []
        ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
        total = ran.stdout.strip().rsplit(" ", 1)[-1]
        print(f"  Tests run {total} of {name}; {least}% is the least.", flush=True)
        if ran.returncode:
            print(ran.stdout[-6000:], flush=True)
            failed.append(f"coverage of {name}")
    return failed


def main(what: str, options: list[str]) -> int:
    """0 when everything asked for is good."""
    if what == "fix":
        return fix()
    print("→ Checking …", flush=True)
    failed = run_checks(only_quick=what == "quick")
    if what in ("test", "coverage"):
        failed += run_tests(options, measured=what == "coverage")
    print(f"Failed: {', '.join(failed)}." if failed else "All good.", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
