"""Running one check after another and counting what came out."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.services.environment import Environment

NOTHING_COLLECTED = 5
PATIENCE = 30 * 60  # seconds; a check that hangs is a check that failed


@dataclass(frozen=True)
class Result:
    """Tests of one pytest run, or 1 for a check that is not made of tests."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0


PASSED, FAILED = Result(passed=1), Result(failed=1)


@dataclass(frozen=True)
class Check:
    name: str
    run: Callable[[], Result]


def run_all(checks: list[Check]) -> int:
    """Runs every check, also after a failure; prints the sum; returns the exit code."""
    results: list[tuple[str, Result, float]] = []
    for number, check in enumerate(checks, 1):
        print(f"\n── {number}/{len(checks)} {check.name} ──", flush=True)
        started = time.monotonic()
        result = check.run()
        results.append((check.name, result, time.monotonic() - started))
    return summarise(results)


def summarise(results: list[tuple[str, Result, float]]) -> int:
    print("\n── 结果 ──")
    for name, result, seconds in results:
        counts = f"通过 {result.passed}，失败 {result.failed}，跳过 {result.skipped}"
        print(f"{'✗' if result.failed else '✓'} {name}：{counts}（{seconds:.1f} 秒）")
    passed = sum(result.passed for _, result, _ in results)
    failed = sum(result.failed for _, result, _ in results)
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed or not passed else 0


def listing(problems: list[str]) -> Result:
    """The result of a check that found `problems`."""
    for problem in problems:
        print(problem, file=sys.stderr, flush=True)
    return FAILED if problems else PASSED


def command(arguments: list[str], env: Environment) -> Result:
    return FAILED if call([sys.executable, *arguments], env) else PASSED


def pytest(
    arguments: list[str], env: Environment, report: Path, *, may_be_empty: bool = False
) -> Result:
    """The counts come from the JUnit report: the text on the screen is for people."""
    words = ["-m", "pytest", "-rs", f"--junitxml={report}", *arguments]
    code = call([sys.executable, *words], env)
    if not report.exists():
        return FAILED
    result = read_report(report)
    fine = {0, NOTHING_COLLECTED} if may_be_empty else {0}
    broken = code not in fine and not result.failed
    return Result(result.passed, 1, result.skipped) if broken else result


def read_report(report: Path) -> Result:
    suite = ET.parse(report).getroot().find("testsuite")  # noqa: S314 pytest has just written it
    if suite is None:
        return FAILED
    tests, errors, failures, skipped = (
        int(suite.get(name, "0")) for name in ("tests", "errors", "failures", "skipped")
    )
    failed = errors + failures
    return Result(max(tests - failed - skipped, 0), failed, skipped)


def call(arguments: list[str], env: Environment, seconds: float = PATIENCE) -> int:
    """The exit code; the whole process group ends with the call, however it ends."""
    process = subprocess.Popen(arguments, env=env, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        return process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        print(f"超过 {seconds / 60:.0f} 分钟没有结束，已停止。", file=sys.stderr)
        return 124
    finally:
        kill_group(process)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()
