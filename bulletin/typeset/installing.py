"""Gets the free fonts out of Debian packages, without root and without installing them.

Only the font files are unpacked: of the package that brings the Fandol faces that is
a tenth of its contents.
"""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import IO, Final

PACKAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "texlive-lang-chinese": (
        "FandolFang-Regular.otf",
        "FandolKai-Regular.otf",
        "FandolSong-Regular.otf",
        "FandolSong-Bold.otf",
        "FandolHei-Regular.otf",
    ),
    "fonts-noto-cjk": (
        "NotoSerifCJK-Regular.ttc",
        "NotoSerifCJK-Bold.ttc",
        "NotoSansCJK-Regular.ttc",
        "NotoSansCJK-Bold.ttc",
    ),
    "fonts-liberation": ("LiberationSerif-Regular.ttf",),
    "fonts-lxgw-wenkai": ("LXGWWenKai-Light.ttf",),
}


class FontInstallError(Exception):
    """Says in Chinese what is missing and what to do."""


def missing_packages(present: Iterable[str]) -> list[str]:
    """The packages of which at least one font file is not among `present`."""
    have = set(present)
    return [name for name, files in PACKAGES.items() if not have.issuperset(files)]


def install_fonts(
    target: Path, packages: Iterable[str] = tuple(PACKAGES), source: Path | None = None
) -> list[Path]:
    """Puts the fonts of `packages` into `target`; the files written, in order of name.

    `source` is a directory that holds the packages already, for machines without a
    mirror. Raises FontInstallError when a package cannot be had or read.
    """
    written: list[Path] = []
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for package in packages:
            deb = _found(package, source) if source else _downloaded(package, Path(folder))
            written += _unpack(deb, PACKAGES[package], target)
    return sorted(written)


def _found(package: str, source: Path) -> Path:
    files = sorted(source.glob(f"{package}_*.deb"))
    if not files:
        raise FontInstallError(f"{source}中没有{package}的软件包（{package}_*.deb）。")
    return files[-1]


def _downloaded(package: str, folder: Path) -> Path:
    _run([_program("apt-get"), "download", "-q", package], folder, f"下载{package}失败")
    return _found(package, folder)


def _program(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise FontInstallError(
            f"本机没有{name}。请在Debian或Ubuntu上运行，或用--from指定已下载软件包所在的目录。"
        )
    return path


def _run(command: list[str], folder: Path, failure: str) -> None:
    done = subprocess.run(  # noqa: S603 - fixed words and names out of PACKAGES
        command, cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["原因不明"])[-1]
        raise FontInstallError(f"{failure}：{reason}")


def _unpack(deb: Path, files: tuple[str, ...], target: Path) -> Iterator[Path]:
    """Streams the package and keeps `files`; nothing else touches the disk."""
    command = [_program("dpkg-deb"), "--fsys-tarfile", str(deb)]
    with subprocess.Popen(  # noqa: S603 - fixed words and a file found above
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield from _kept(process.stdout, files, target)
        except tarfile.TarError as problem:
            raise FontInstallError(f"软件包{deb.name}无法读取。") from problem


def _kept(stream: IO[bytes] | None, files: tuple[str, ...], target: Path) -> Iterator[Path]:
    with tarfile.open(fileobj=stream, mode="r|") as package:
        for member in package:
            name = PurePosixPath(member.name).name
            content = package.extractfile(member) if name in files and member.isfile() else None
            if content:
                part = target / f"{name}.part"
                with part.open("wb") as file:
                    shutil.copyfileobj(content, file)
                yield part.replace(target / name)
