"""What the sources are called in the languages of the house."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from brochure.errors import Complaint, suggestion
from brochure.house import House
from brochure.model.facts import Source
from brochure.model.scalar import place_of


def called(it: House) -> Iterator[Complaint]:
    """Warnings of titles and publishers in no language of the house, and of a source that some languages call by a
    title of their own and another, which does so elsewhere, doesn't: a line of English in the middle of its list.
    Neither stops a build, for the English is always there to print."""
    spoken = {file.parent.name for file in (it.root / "content").glob("*/language.yaml")} | set(it.languages)
    own = {tag for source in it.sources.values() for tag in source.titles if tag in it.languages}
    for name, source in it.sources.items():
        yield from _tags(source, spoken)
        if own & set(source.titles) and (lacking := sorted(own - set(source.titles))):
            what = f"the source “{name}” has titles, but none in {', '.join(lacking)}."
            remedy = "Write it there too, or its readers find this one in English among their own."
            yield Complaint(place_of(source.title), what, remedy, warning=True)


def _tags(source: Source, spoken: Collection[str]) -> Iterator[Complaint]:
    for tag, said in (*source.titles.items(), *source.publishers.items()):
        if tag not in spoken:
            remedy = suggestion(tag, spoken) or f"There are: {', '.join(sorted(spoken))}."
            yield Complaint(place_of(said), f"“{tag}” is no language of the house.", remedy, warning=True)
