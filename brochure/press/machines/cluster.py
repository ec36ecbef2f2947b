"""The connection to a Dask cluster by its scheduler's address: only this module knows ``distributed``."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import re
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from distributed import Client, Future, Security

from brochure.errors import Complaint, ExitCode, MachineError
from brochure.press.machines import relay
from brochure.press.machines.far import Far

CONNECT = 20  # s
FAREWELL = 10  # s
FETCH = 300  # s for an answer's bytes, once it is made
GLANCE = 2  # s after which we look whether who made it is still there

START = "Start it and its workers again, then run this again."


def errand_boy() -> Callable[..., Any]:
    """What is sent to a worker to call a function of ``relay`` there: it carries its text along. A function within a
    function goes by value, so the worker needn't have this module."""

    def call(name: str, source: str, verb: str, *given: Any) -> Any:
        import sys  # noqa: PLC0415
        import types  # noqa: PLC0415

        if name not in sys.modules:
            fresh = types.ModuleType(name)
            exec(compile(source, name, "exec"), vars(fresh))
            sys.modules.setdefault(name, fresh)
        return getattr(sys.modules[name], verb)(*given)

    return call


class Cluster:
    """A connection. Use it as a context manager. ``refused``: by address the workers that mustn't be used, and why."""

    def __init__(self, far: Far) -> None:
        self.far = far
        self.refused: dict[str, Complaint] = {}
        self.source = Path(relay.__file__).read_text("utf-8")
        self.name = f"brochure_relay_{hashlib.sha256(self.source.encode()).hexdigest()[:16]}"
        self.call = errand_boy()

    def __enter__(self) -> Self:
        for name in ("distributed", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters is told in our own words
        try:
            security = self._security()
            self.client = Client(self.far.address, timeout=CONNECT, security=security, set_as_default=False)
        except Exception as error:  # whatever sockets, certificates and Dask's configuration may say
            reason = str(error.__cause__ or error).strip().splitlines() or [type(error).__name__]
            told = re.sub("^in <.*>: ", "", reason[0])[:200].rstrip(".")
            what = f"{self.far.address} can't be reached: {told}."
            remedy = "Look at the scheduler, the address and the certificates."
            raise MachineError([Complaint("cluster", what, remedy, ExitCode.MACHINE)]) from None
        return self

    def _security(self) -> Security:
        named = {"tls_ca_file": self.far.authority, "tls_client_cert": self.far.certificate,
                 "tls_client_key": self.far.key}  # fmt: skip
        given = {name: str(file) for name, file in named.items() if file}
        if not self.far.secure:
            return Security()
        security = Security(require_encryption=True, **given)
        if security.get_connection_args("client")["ssl_context"] is None:
            raise ValueError("nothing says by which certificates: name --cluster-ca, --cluster-cert, --cluster-key")
        return security

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(Exception):
            self.client.close(timeout=FAREWELL)

    def workers(self) -> dict[str, dict[str, Any]]:
        """Who is there, by address. MachineError when the scheduler is gone."""
        try:
            return dict(self.client.scheduler_info()["workers"])
        except Exception:
            what = f"the scheduler at {self.far.address} is gone."
            raise MachineError([Complaint("cluster", what, START, ExitCode.MACHINE)]) from None

    def pythons(self) -> tuple[dict[str, str], str]:
        """Each worker's Python, and ours, in the words of Dask: asked before anything of ours runs there. RuntimeError
        when one of them went away meanwhile."""
        try:
            found: Any = self.client.get_versions()
        except Exception as error:
            raise RuntimeError(str(error)) from None
        theirs = {address: _python(told) for address, told in found["workers"].items()}
        return theirs, _python(found["client"])

    def call_now(self, verb: str, address: str, *given: Any) -> None:
        """Calls a function of ``relay`` at a worker, whatever else it is doing, and waits."""
        with contextlib.suppress(Exception):  # it went away: then nothing runs there
            self.client.run(self.call, self.name, self.source, verb, *given, workers=[address], on_error="ignore")

    def submit(self, verb: str, address: str, *given: Any) -> Future:
        """Has a function of ``relay`` called by a thread of a worker."""
        return self.client.submit(
            self.call, self.name, self.source, verb, *given, workers=[address], pure=False, retries=0
        )

    def sent(self, address: str, content: bytes) -> Future:
        """Bytes that now lie in a worker's memory, as long as anyone asks for them. RuntimeError when it went away."""
        try:
            return self.client.scatter(content, workers=[address], hash=False)
        except Exception:
            raise RuntimeError("can't be reached") from None

    def cancel(self, futures: list[Future]) -> None:
        """Nobody waits for these any more."""
        with contextlib.suppress(Exception):
            self.client.cancel(futures, force=True)

    def fetched(self, future: Future, address: str) -> bytes:
        """The bytes of an answer, held against the digest that was reckoned where they were made. RuntimeError when
        they are lost, damaged, or never came to be."""
        began = time.monotonic()
        while True:
            try:
                digest, content = future.result(timeout=GLANCE)
                break
            except TimeoutError:
                if address not in self.workers():
                    raise RuntimeError("went away with what it had made") from None
                if time.monotonic() - began > FETCH:
                    raise RuntimeError("doesn't give away what it has made") from None
            except MachineError:
                raise
            except Exception as error:
                raise RuntimeError(str(error) or type(error).__name__) from None
        if hashlib.sha256(content).hexdigest() != digest:
            raise RuntimeError("sent bytes that came damaged")
        return bytes(content)


def _python(told: Any) -> str:
    return str(told["host"]["python"]) if isinstance(told, dict) else ""
