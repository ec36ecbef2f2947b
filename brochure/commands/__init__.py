"""The commands of the front door, a module each: ``options`` says what it may be told, ``run`` does it and gives the
exit code; the first line of ``run``'s docstring is its help."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from brochure.errors import Complaint, ExitCode, MachineError
from brochure.teller import Teller

if TYPE_CHECKING:
    from brochure.press.machines.cluster import Cluster


def everywhere() -> argparse.ArgumentParser:
    """The options that every command has."""
    shared = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    group = shared.add_argument_group("everywhere")
    group.add_argument("--quiet", action="store_true", help="print only errors")
    group.add_argument("--json", action="store_true", help="print one JSON object on stdout")
    group.add_argument("--debug", action="store_true", help="show the traceback of an internal error")
    group.add_argument("--house", type=Path, metavar="DIR", help="the folder with content/, templates/, assets/")
    group.add_argument("--out", type=Path, metavar="DIR", help="where the files go (default: out/ in the house)")
    return shared


def drafted(parser: argparse.ArgumentParser) -> None:
    """The option of the commands that take unfinished translations."""
    what = "translations may lack texts: the original is shown, marked; files are called .draft"
    parser.add_argument("--draft", action="store_true", help=what)


def of_edition(parser: argparse.ArgumentParser) -> None:
    """The option of the commands that look at one edition."""
    what = "an edition in content/editions/ (default: the one with default: true)"
    parser.add_argument("--edition", metavar="E", help=what)


def clustered(parser: argparse.ArgumentParser) -> None:
    """The options of the commands that can work on many machines."""
    group = parser.add_argument_group("on many machines")
    what = "a Dask scheduler, tls://host:port, or tcp:// on this machine: its workers make the files, not this one"
    group.add_argument("--cluster", metavar="ADDRESS", help=what)
    for name, what in (
        ("ca", "whom we trust"),
        ("cert", "our certificate"),
        ("key", "its key"),
    ):
        told = f"{what}, a PEM file (default: as Dask is configured)"
        group.add_argument(f"--cluster-{name}", type=Path, metavar="FILE", help=told)


@contextmanager
def cluster(options: argparse.Namespace, teller: Teller) -> Iterator[Cluster | None]:
    """The cluster that was asked for, if any; the workers that were left out are told at the end. MachineError when it
    can't be reached, or when Dask isn't installed."""
    if not options.cluster:
        yield None
        return
    from brochure.press.machines.far import far

    where = far(options.cluster, options.cluster_ca, options.cluster_cert, options.cluster_key)
    try:
        from brochure.press.machines.cluster import Cluster
    except ImportError:
        what = "--cluster needs the package “distributed”, which isn't installed."
        remedy = 'Install it: .venv/bin/pip install "distributed>=2025.1"'
        raise MachineError([Complaint("machine", what, remedy, ExitCode.MACHINE)]) from None
    with Cluster(where) as reached:
        try:
            yield reached
        finally:
            teller.complain(list(reached.refused.values()))
