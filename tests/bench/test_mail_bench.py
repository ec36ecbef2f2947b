"""A thousand letters through a storm. Run by ``make bench``; prints, never fails on time. ``LETTERS=200 KILLS=4 SEED=2`` change it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from storm import holds, weathered

from brochure.deliver.ledger import State

LETTERS, KILLS, SEED = (
    int(os.environ.get(name, usual)) for name, usual in (("LETTERS", "1000"), ("KILLS", "8"), ("SEED", "1"))
)


@pytest.mark.bench
def test_a_thousand_letters(tmp_path: Path) -> None:
    """Counts the ledger against the server's inbox and prints how it went."""
    passed = weathered(tmp_path, LETTERS, KILLS, SEED)
    tally, arrived = passed.tally, sum(passed.arrived.values())
    unsure = [it.address for it in passed.book.values() if it.state is State.UNCERTAIN]
    print(
        f"\n{LETTERS} letters, {passed.runs} runs, {passed.kills} of them killed, {passed.seconds:.0f} s: {LETTERS / passed.seconds:.1f} "
        f"letters a second, restarts included; {passed.offers - LETTERS} offered again"
        f"\nledger: {tally[State.SENT]} sent, {tally[State.REFUSED]} refused, {len(unsure)} uncertain; "
        f"inbox: {arrived}, {sum(passed.arrived[it] for it in unsure)} of the uncertain ones among them; nobody has two"
    )

    holds(passed, SEED)
