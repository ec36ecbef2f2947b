"""Holds a case against every rule: slips become findings, like ones near each other become one, waivers silence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from brochure.errors import one_line
from brochure.model.printer import Waiver
from brochure.preflight.claims import screened
from brochure.preflight.matrix import Box, grown, joined, shared
from brochure.preflight.rule import Rule, Slip
from brochure.preflight.rules import FOLLOWS, RULES
from brochure.preflight.sheet import Case
from brochure.preflight.walk import UNREADABLE
from brochure.report import Finding

NEAR = 10.0  # pt: how far apart like findings may lie to be one
MOST_SPOTS = 12  # of one rule on one page; the rest is counted
MOST_CLUSTERED = 400
LONGEST = 240  # characters that a finding quotes


def judged(case: Case, rules: Sequence[Rule] = RULES) -> tuple[Finding, ...]:
    """All findings in a reader's order, waivers applied."""
    tried = [rule for rule in rules if rule.id not in FOLLOWS] if screened(case) else rules
    found = [finding for rule in tried for finding in _found(rule, case)]
    return waived(sorted(found, key=lambda finding: finding.order), case.printer.waivers, case.printer.name)


def _found(rule: Rule, case: Case) -> Iterator[Finding]:
    alike: dict[tuple[int, str, str], list[Slip]] = defaultdict(list)
    try:
        for slip in rule.look(case):
            alike[slip.leaf.number if slip.leaf else 0, slip.severity, slip.what].append(slip)
    except UNREADABLE as error:
        what = f"the file is so damaged that the rule {rule.id} can't be tried ({type(error).__name__})"
        yield Finding("X-damage", "error", None, what, "Export the file anew.")
    for slips in alike.values():
        spots = sorted(clusters(slips), key=lambda slip: -slip.weight)
        for number, slip in enumerate(spots[:MOST_SPOTS], 1):
            left = len(spots) - MOST_SPOTS if number == MOST_SPOTS else 0
            yield _finding(rule, slip, left)


def _finding(rule: Rule, slip: Slip, left: int) -> Finding:
    what = slip.what + (f" (and at {left} more spots on this page)" if left > 0 else "")
    rectangle = slip.leaf.rectangle(slip.box) if slip.leaf and slip.box else None
    page = slip.leaf.number if slip.leaf else None
    # names and words come from the file: whatever a terminal would obey is taken out
    measured = one_line(slip.measured)[:LONGEST]
    return Finding(rule.id, slip.severity, page, one_line(what)[:LONGEST], rule.remedy, measured, slip.limit, rectangle)


def clusters(slips: Iterable[Slip]) -> list[Slip]:
    """Like slips with those that lie near each other made one, which keeps the worst one's measure."""
    merged: list[tuple[Slip, Box | None]] = []
    for slip in sorted(slips, key=lambda slip: -slip.weight):
        index = _near(slip.box, [box for _, box in merged[-MOST_CLUSTERED:]]) if merged else None
        if index is None:
            merged.append((slip, slip.box))
            continue
        index += max(0, len(merged) - MOST_CLUSTERED)
        worst, box = merged[index]
        merged[index] = (worst, joined(box, slip.box) if box and slip.box else box)
    return [
        Slip(slip.what, slip.severity, slip.leaf, box, slip.measured, slip.limit, slip.weight) for slip, box in merged
    ]


def _near(box: Box | None, boxes: list[Box | None]) -> int | None:
    for index, other in enumerate(boxes):
        if (box is None or other is None) and box is other:
            return index
        if box and other and shared(grown(box, NEAR), other):
            return index
    return None


def waived(findings: Iterable[Finding], waivers: Sequence[Waiver], printer: str) -> tuple[Finding, ...]:
    """The findings, those that somebody accepted marked with who and why; a waiver that nothing needs is a warning."""
    out, used = [], set()
    for finding in findings:
        fitting = [
            index for index, it in enumerate(waivers) if it.rule == finding.rule and it.page in (None, finding.page)
        ]
        used.update(fitting)
        told = "; ".join(f"{waivers[index].person}: {waivers[index].reason}" for index in fitting[:1])
        out.append(replace(finding, waived=told))
    for index, waiver in enumerate(waivers):
        if index not in used:
            where = f" on page {waiver.page}" if waiver.page else ""
            what = f"{waiver.person} waives {waiver.rule}{where}, which nothing breaks"
            remedy = f"Take the waiver out of the printer profile “{printer}”."
            out.append(Finding("H-waiver", "warning", waiver.page, what, remedy))
    return tuple(out)
