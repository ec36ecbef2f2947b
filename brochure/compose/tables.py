"""Tables as they come out of the templates: WeasyPrint's time grows with rows, and without end with spans."""

from __future__ import annotations

import re
from collections.abc import Iterator

from brochure.errors import Complaint, ExitCode, Place
from brochure.model.limits import Limits, raise_it

TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
SPAN = re.compile(r"\b(?:col|row)span\s*=\s*[\"']?\s*([0-9]+)", re.IGNORECASE)


def slips(html: str, template: Place, content: Place, limits: Limits) -> Iterator[Complaint]:
    """Tables with too many rows (told at the content that fills them), columns or spanned cells (the template's)."""
    for table in TABLE.findall(html):
        rows = re.split(r"<tr\b", table)[1:]
        if len(rows) > (most := limits.table_rows):
            what = f"a table of this page has {len(rows)} rows; {most} are the limit."
            yield Complaint(content, what, f"Split it, {raise_it('table_rows')}")
        columns = max((len(re.findall(r"<t[dh]\b", row)) for row in rows), default=0)
        if columns > (most := limits.table_columns):
            what = f"a table of this page has {columns} columns; {most} are the limit."
            yield Complaint(template, what, f"Split it, {raise_it('table_columns')}", ExitCode.TEMPLATE)
        span = max((int(found) for found in SPAN.findall(table)), default=1)
        if span > (most := limits.table_span):
            what = f"a cell of this page spans {span} cells; {most} are the limit."
            yield Complaint(template, what, f"Span fewer, {raise_it('table_span')}", ExitCode.TEMPLATE)
