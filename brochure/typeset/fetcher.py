"""Answers WeasyPrint's requests from verified bytes; everything else is refused and remembered."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

HOST = "brochure.invalid"
TYPES = {
    "css": "text/css",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}


class ShelfFetcher(URLFetcher):  # type: ignore[misc]
    """Knows only the files that were handed over. ``denied`` has to be read after layout and after writing:
    WeasyPrint 70 swallows a refusal that happens inside an SVG."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self.files = files
        self.denied: list[str] = []

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The file behind an address below https://brochure.invalid/; a fatal refusal for anything else."""
        parts = urlsplit(url)
        name = unquote(parts.path).lstrip("/")
        suffix = name.rpartition(".")[2].lower()
        if (parts.scheme, parts.netloc) != ("https", HOST) or name not in self.files or suffix not in TYPES:
            self.denied.append(url[:200])
            raise FatalURLFetchingError(f"refused: {url[:200]}")
        return URLFetcherResponse(url, self.files[name], {"Content-Type": TYPES[suffix]})
