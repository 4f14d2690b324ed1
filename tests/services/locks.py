"""Do the lock files hold what pyproject.toml asks for? Answered without any index."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

# name==version, and the rest of the entry with its continued lines
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)((?:.*\\\n)*.*)", re.MULTILINE)


def problems(root: Path) -> list[str]:
    """Each pin must satisfy pyproject.toml, carry hashes and be the same in every lock."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = project["project"]["dependencies"]
    found: list[str] = []
    for lock, wanted in wishes(project, runtime).items():
        text = (root / lock).read_text(encoding="utf-8")
        found += [f"{lock}: {problem}" for problem in lock_problems(text, wanted)]
    base = pins((root / "requirements.lock").read_text(encoding="utf-8"))
    for lock in ("requirements-dev.lock", "requirements-bench.lock"):
        other = pins((root / lock).read_text(encoding="utf-8"))
        found += [
            f"{lock}: {name} is {other.get(name)}, requirements.lock has {version}"
            for name, version in base.items()
            if other.get(name) != version
        ]
    return found


def wishes(project: dict[str, Any], runtime: list[str]) -> dict[str, list[str]]:
    extras = project["project"]["optional-dependencies"]
    return {
        "requirements.lock": runtime,
        "requirements-dev.lock": runtime + extras["dev"],
        "requirements-bench.lock": runtime + extras["bench"],
        "requirements-setup.lock": project["dependency-groups"]["setup"],
    }


def lock_problems(text: str, wanted: list[str]) -> list[str]:
    pinned = pins(text)
    found = [f"{name} has no hash" for name, _, rest in PIN.findall(text) if "--hash" not in rest]
    found += [f"names an address: {line}" for line in text.splitlines() if "://" in line]
    for requirement in map(Requirement, wanted):
        version = pinned.get(canonicalize_name(requirement.name))
        if version is None:
            found.append(f"{requirement.name} is missing: ./run lock")
        elif not requirement.specifier.contains(version, prereleases=True):
            found.append(f"{requirement} does not allow {version}: ./run lock")
    return found


def pins(text: str) -> dict[str, Version]:
    return {canonicalize_name(name): Version(version) for name, version, _ in PIN.findall(text)}
