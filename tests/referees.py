"""Asks the two referees that live in .venv-referees about screen files, and prints what they found as JSON. Run by that
environment's own Python, which knows nothing of this project: ``referees.py FILE …``."""

import json
import sys
from pathlib import Path

import outloud
import oxidize_pdf


def outloud_says(path: str) -> list[list[str]]:
    """Findings of outloud: PDF/UA-1 by the Matterhorn Protocol, and what it makes of order, tables and words."""
    report = outloud.check(path)
    return [[it.rule, str(it.severity), f"page {it.page}: {it.message} ({it.evidence})"] for it in report.findings]


def oxidize_says(path: str) -> list[list[str]]:
    """Findings of oxidize-pdf: PDF/A-2a, and the structure tree against the marked content of each page."""
    content = Path(path).read_bytes()
    archive = oxidize_pdf.PdfAValidator(oxidize_pdf.PdfALevel.A2A).validate_bytes(content)
    tagged = oxidize_pdf.validate_tagged_pdf(content)
    found = [["PDF/A-2a", "error", str(it)] for it in archive.errors]
    return found + [[str(it.code).rpartition(".")[2], str(it.severity).rpartition(".")[2].lower(), f"{it.path}: {it.message}"] for it in tagged.findings]  # fmt: skip


print(json.dumps({path: outloud_says(path) + oxidize_says(path) for path in sys.argv[1:]}))
