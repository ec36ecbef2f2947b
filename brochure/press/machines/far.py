"""Where a cluster is, and by which certificates we and it know each other."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from brochure.errors import BrochureError, Complaint, ExitCode, MachineError


@dataclass(frozen=True)
class Far:
    """The address of a Dask scheduler, ``tls://host:port``, or ``tcp://host:port`` on this machine. The certificates are
    PEM files: whose word is trusted, ours, and its key; what isn't named comes from Dask's own configuration."""

    address: str
    authority: Path | None = None
    certificate: Path | None = None
    key: Path | None = None

    @property
    def secure(self) -> bool:
        """Whether what goes there is encrypted, and both sides show who they are."""
        return self.address.startswith("tls://")


def far(address: str, authority: Path | None = None, certificate: Path | None = None, key: Path | None = None) -> Far:
    """The cluster that is named; BrochureError (usage) for an address that no run may use, MachineError for a certificate
    that isn't there."""
    address = address if "://" in address else f"tcp://{address}"
    parts = urlsplit(address)
    if parts.scheme not in ("tcp", "tls") or not parts.hostname or not _port(address):
        what = f"“{address}” is no address of a cluster."
        raise _refused(what, "Write tls://host:port, or tcp://127.0.0.1:8786 for one on this machine.")
    if parts.scheme == "tcp" and not loopback(address):
        what = f"{address} would carry the house and its recipients over the network unencrypted."
        raise _refused(what, "Write tls://, with certificates on scheduler, workers and here.")
    lost = [str(file) for file in (authority, certificate, key) if file and not file.is_file()]
    if lost:
        what = f"there is no file {', '.join(lost)}."
        raise MachineError([Complaint("cluster", what, "Name PEM files.", ExitCode.MACHINE)])
    return Far(address, authority, certificate, key)


def loopback(address: str) -> bool:
    """Whether an address never leaves this machine."""
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _port(address: str) -> int:
    try:
        return urlsplit(address).port or 0
    except ValueError:
        return 0


def _refused(what: str, remedy: str) -> BrochureError:
    return BrochureError([Complaint("cluster", what, remedy, ExitCode.USAGE)])
