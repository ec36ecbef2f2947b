"""A real Postfix on a port of loopback, in a folder of its own: it takes letters over TLS from who knows the password, refuses
strangers' boxes, defers as it is told, hangs up on clients that err too often, puts letters into Maildirs and sends
failures back. No letter leaves the machine: it knows no way out."""

from __future__ import annotations

import base64
import grp
import json
import mailbox
import os
import pwd
import shutil
import socket
import socketserver
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import trustme

DAEMONS = Path("/usr/lib/postfix/sbin")
USER, PASSWORD = "press", "canary-secret"
ERRORS = 3  # after so many in one session Postfix hangs up
PATIENCE = 60  # seconds until a queue must be empty

MAIN = """\
compatibility_level = 3.6
queue_directory = {root}/queue
data_directory = {root}/lib
daemon_directory = {daemons}
command_directory = /usr/sbin
maillog_file = {root}/log/mail
maillog_file_prefixes = {root}
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.kaluga.example
mydestination =
alias_maps =
local_recipient_maps =
mynetworks =
disable_dns_lookups = yes
smtpd_peername_lookup = no
default_transport = error:there is no way out of here
transport_maps = inline:{{ moved@acme.example=moved: }}
virtual_mailbox_domains = acme.example, kaluga.example
virtual_mailbox_base = {root}/boxes
virtual_mailbox_maps = texthash:{root}/conf/boxes
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
smtpd_tls_security_level = encrypt
smtpd_tls_chain_files = {root}/conf/chain.pem
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{porter}
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = reject_unlisted_recipient, check_policy_service inet:127.0.0.1:{policy}
smtpd_error_sleep_time = 0
smtpd_soft_error_limit = {errors}
smtpd_hard_error_limit = {errors}
"""

#: Every service in the open, none in a chroot: the folder is gone afterwards.
MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
moved unix - n n - - pipe user=nobody argv=/bin/sh -c {{echo This person has moved away.; exit 67}}
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


def why_not() -> str:
    """Why there can be no Postfix here; empty when there can."""
    if not shutil.which("postfix") or not DAEMONS.is_dir():
        return "Postfix isn't installed: apt-get install postfix"
    return "" if os.geteuid() == 0 else "Postfix must be started as root"


@dataclass
class Postfix:
    """A running Postfix. ``defers``: how often it tells an address to come back later; ``asked``: how often each was
    offered a letter."""

    root: Path
    port: int
    defers: dict[str, int] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)

    @property
    def log(self) -> str:
        """All that it has logged."""
        return (self.root / "log/mail").read_text()

    def box(self, address: str) -> list[mailbox.MaildirMessage]:
        """The letters in the Maildir of an address."""
        name, _, domain = address.partition("@")
        folder = self.root / "boxes" / domain / name
        return list(mailbox.Maildir(folder, create=False)) if folder.exists() else []

    def queue(self) -> list[dict[str, object]]:
        """What it hasn't delivered yet."""
        asked = subprocess.run(
            ["postqueue", "-c", self.root / "conf", "-j"], capture_output=True, check=True, text=True
        )
        return [json.loads(line) for line in asked.stdout.splitlines()]

    def settled(self) -> None:
        """Waits until everything that it took lies in a box."""
        until = time.monotonic() + PATIENCE
        while self.queue():
            assert time.monotonic() < until, self.log
            time.sleep(0.05)

    def policy(self, ask: Callable[[], str], answer: Callable[[str], None]) -> None:
        """Greylisting, as Postfix asks for it: lines of ``name=value``, an empty one, an action."""
        said: dict[str, str] = {}
        while line := ask():
            if line != "\n":
                name, _, value = line.strip().partition("=")
                said[name] = value
                continue
            address = said["recipient"]
            self.asked[address] += 1
            late = self.asked[address] <= self.defers.get(address, 0)
            answer(f"action={'450 4.2.0 come back later' if late else 'DUNNO'}\n\n")


def porter(ask: Callable[[], str], answer: Callable[[str], None]) -> None:
    """Knows who may send, in the protocol of Dovecot's authentication service."""
    answer("VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\t00\nDONE\n")
    while line := ask():
        command, *words = line.rstrip("\n").split("\t")
        if command == "AUTH":
            told = next(word for word in words if word.startswith("resp=")).removeprefix("resp=")
            right = base64.b64decode(told).decode().split("\0")[1:] == [USER, PASSWORD]
            answer(f"{'OK' if right else 'FAIL'}\t{words[0]}\tuser={USER}\n")


@contextmanager
def service(speak: Callable[[Callable[[], str], Callable[[str], None]], None]) -> Iterator[int]:
    """A service on a port of its own that speaks with each who calls."""

    class Speaks(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            """One call."""
            speak(lambda: self.rfile.readline().decode(), lambda said: (self.wfile.write(said.encode()), None)[1])

    class Calls(socketserver.ThreadingTCPServer):
        daemon_threads, allow_reuse_address, block_on_close = True, True, False

    with Calls(("127.0.0.1", 0), Speaks) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def free_port() -> int:
    """A port that nobody has just now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def furnished(root: Path, authority: trustme.CA, known: Sequence[str], ports: dict[str, int]) -> None:
    """The folders and the configuration. ``known``: the addresses that have boxes."""
    root.chmod(0o755)  # its user is not ours
    for name in ("conf", "queue", "lib", "log", "boxes"):
        (root / name).mkdir()
    owner = pwd.getpwnam("postfix")
    for name in ("lib", "boxes"):
        os.chown(root / name, owner.pw_uid, owner.pw_gid)
    leaf = authority.issue_cert("127.0.0.1")
    (root / "conf/chain.pem").write_bytes(leaf.private_key_and_cert_chain_pem.bytes())
    (root / "conf/chain.pem").chmod(0o600)
    boxes = (f"{address} {'/'.join(reversed(address.split('@')))}/\n" for address in known)
    (root / "conf/boxes").write_text("".join(boxes))
    details = {
        "root": root,
        "daemons": DAEMONS,
        "uid": owner.pw_uid,
        "gid": grp.getgrgid(owner.pw_gid).gr_gid,
        "errors": ERRORS,
    }
    (root / "conf/main.cf").write_text(MAIN.format(**details, **ports))
    (root / "conf/master.cf").write_text(MASTER.format(**ports))


@contextmanager
def postfix(authority: trustme.CA, known: Sequence[str]) -> Iterator[Postfix]:
    """A Postfix that runs until the end of the block."""
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="postfix-", ignore_cleanup_errors=True)))
        it = Postfix(root, free_port())
        ports = {
            "port": it.port,
            "porter": stack.enter_context(service(porter)),
            "policy": stack.enter_context(service(it.policy)),
        }
        furnished(root, authority, known, ports)
        environment = {**os.environ, "MAIL_CONFIG": str(root / "conf")}
        subprocess.run(["postfix", "-c", root / "conf", "check"], check=True, env=environment, capture_output=True)
        master = subprocess.Popen([DAEMONS / "master", "-c", root / "conf", "-d"], env=environment,
                                  stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        stack.callback(_stopped, master)
        _answers(it.port, master)
        yield it


def _stopped(master: subprocess.Popen[bytes]) -> None:
    master.terminate()
    master.wait(PATIENCE)


def _answers(port: int, master: subprocess.Popen[bytes]) -> None:
    """Waits until a port greets."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), PATIENCE) as line:
                assert line.recv(3) == b"220"
                return
        except ConnectionError:
            if master.poll() is not None:
                pytest.skip("Postfix doesn't start on this machine")
            assert time.monotonic() < until, "Postfix doesn't answer"
            time.sleep(0.05)
