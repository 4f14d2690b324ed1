"""Every check of the project, with the services it needs: `./run test [pytest arguments]`.

With arguments only pytest runs, on both databases, with those. The last line counts all.
"""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from tests.services import locks, programs
from tests.services.environment import Environment, driving_a_browser, embedded, production
from tests.services.postgres import postgres
from tests.services.process import ServiceFailed, folder
from tests.services.redis_server import redis_server
from tests.services.reporting import FAILED, Check, Result, command, listing, pytest, run_all

ROOT = Path(__file__).resolve().parent.parent
# Not `-m importlinter`, which has no main, and not the script, which knows where it was made.
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"


def main(arguments: list[str]) -> int:
    os.chdir(ROOT)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    lacking = [] if arguments else programs.problems()
    with folder() as place, ExitStack() as services:
        small = embedded(place)
        real = real_services(place, small, services)
        if arguments:
            return run_all(chosen_tests(arguments, place, small, real))
        checks = [Check("系统程序和字体", partial(listing, lacking))]
        checks += static_checks(small) + django_checks(small, real)
        return run_all(checks + all_tests(place, small, real))


def real_services(place: Path, base: Environment, services: ExitStack) -> Environment | None:
    """PostgreSQL and Redis until `services` closes; None, after saying why, without them."""
    try:
        return base | {
            "DATABASE_URL": services.enter_context(postgres(place)),
            "CELERY_BROKER_URL": services.enter_context(redis_server(place)),
        }
    except ServiceFailed as failure:
        print(failure, file=sys.stderr, flush=True)
        return None


def static_checks(env: Environment) -> list[Check]:
    commands = {
        "代码规则（ruff check）": ["-m", "ruff", "check", "."],
        "代码格式（ruff format）": ["-m", "ruff", "format", "--check", "."],
        "类型（mypy）": ["-m", "mypy", "."],
        "导入方向（lint-imports）": ["-c", LINT_IMPORTS],
        "模板（djlint）": ["-m", "djlint", "--lint", "--quiet", "templates"],
    }
    checks = [Check(name, partial(command, words, env)) for name, words in commands.items()]
    return [*checks, Check("依赖锁定", lambda: listing(locks.problems(ROOT)))]


def django_checks(env: Environment, real: Environment | None) -> list[Check]:
    unmade = ["manage.py", "makemigrations", "--check", "--dry-run"]
    deploy = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return [
        Check("迁移齐全", partial(command, unmade, env)),
        Check("迁移名称", lambda: listing(unnamed_migrations())),
        Check("部署设置（check --deploy）", partial(command, deploy, production(real or env))),
    ]


def unnamed_migrations() -> list[str]:
    paths = ROOT.glob("*/migrations/*.py")
    return [f"{path.name} 没有名字" for path in paths if re.search(r"_auto(_|$)", path.stem)]


def all_tests(place: Path, small: Environment, real: Environment | None) -> list[Check]:
    two_at_once = ["-n", "2"]
    embedded_only = [*two_at_once, "-m", "not postgres and not browser"]
    no_browser = [*two_at_once, "-m", "not browser"]
    browser = real and driving_a_browser(real)
    return [
        Check("测试：SQLite", tests(small, embedded_only, place / "sqlite.xml")),
        Check("测试：PostgreSQL", tests(real, no_browser, place / "postgres.xml")),
        Check("测试：浏览器", tests(browser, ["-m", "browser"], place / "browser.xml")),
    ]


def chosen_tests(
    arguments: list[str], place: Path, small: Environment, real: Environment | None
) -> list[Check]:
    """May be none for one of the databases, as a file may hold tests for one only."""
    some = partial(tests, may_be_empty=True)
    embedded_only = ["-m", "not postgres and not browser", *arguments]
    real = real and (driving_a_browser(real) or real)
    return [
        Check("测试：SQLite", some(small, embedded_only, place / "sqlite.xml")),
        Check("测试：PostgreSQL", some(real, arguments, place / "postgres.xml")),
    ]


def tests(
    env: Environment | None, arguments: list[str], report: Path, *, may_be_empty: bool = False
) -> Callable[[], Result]:
    """What cannot be run has failed; it is not skipped."""
    if env is None:
        return lambda: FAILED
    return partial(pytest, arguments, env, report, may_be_empty=may_be_empty)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
