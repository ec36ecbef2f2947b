"""What a screen file may weigh, so that it can be mailed: most servers take 10 MB, and base64 adds 34 %."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brochure.errors import Complaint, ExitCode
from brochure.stages import Product

AIM, WARNING, MOST = 2, 5, 7  # MB of 1,000,000 bytes; the aim is for 24 pages


def told(products: Sequence[Product], language: str) -> Iterator[Complaint]:
    """A line for each file of 5 MB and more; from 7 MB on it is an error. The file is kept in any case: it can be
    handed over in other ways than by mail."""
    for product in products:
        megabytes = len(product.content) / 1e6
        if megabytes >= WARNING:
            name = f"{language}/{product.name}"
            said = f"the file is {megabytes:.1f} MB; aim at {AIM} MB, {MOST} MB are the most that mail servers pass on."
            remedy = "Show fewer photographs, or smaller ones."
            yield Complaint(name, said, remedy, ExitCode.FINDINGS, warning=megabytes < MOST)
