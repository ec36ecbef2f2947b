"""Letters through bad weather, a small storm; the large one is in tests/bench."""

from __future__ import annotations

from pathlib import Path

from storm import holds, weathered

from brochure.deliver.ledger import State

SEED = 22


def test_a_storm_of_forty_letters(tmp_path: Path) -> None:
    """Dropped lines, deferrals, refusals, slow answers and two kills: in the end nobody has two, nobody is forgotten."""
    passed = weathered(tmp_path, count=40, kills=2, seed=SEED)

    holds(passed, SEED)
    assert passed.kills >= 1 and passed.runs > passed.kills
    assert passed.tally[State.SENT] > 30 and passed.offers > 40
