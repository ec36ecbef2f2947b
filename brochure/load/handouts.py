"""A handout's manuscript: two pages about one subject, in the brochure's own words and those that all handouts share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from brochure.errors import Complaint, ContentError, suggestion
from brochure.house import House, PlannedPage
from brochure.load.subjects import Subject, subjects
from brochure.model.charts import ChartWords
from brochure.model.handouts import ENOUGH, HANDOUTS, HandoutWords, Said
from brochure.model.language import Language
from brochure.model.markup import Text
from brochure.model.pages import back
from brochure.model.words import PageWords
from brochure.stages import Manuscript, Order


def handout(it: House, order: Order) -> Manuscript:
    """The manuscript of the order's subject; ContentError when it has no handout."""
    subject = chosen(subjects(it, order.edition), order.subject)
    edition, language = it.editions[order.edition], it.languages[order.language]
    page = PlannedPage(subject.id, HANDOUTS[subject.sort], subject.show, 1)
    said = {page.id: _said(it, order, subject)}
    return Manuscript(
        it.dressed(order.edition),
        order.edition,
        edition,
        order.language,
        language,
        (page,),
        "handout",
        subject.id,
        said,
    )


def chosen(found: Iterable[Subject], name: str) -> Subject:
    """The subject of that name; ContentError when there is none, or when its facts are too few."""
    known = {subject.id: subject for subject in found}
    if name in known and known[name].enough:
        return known[name]
    able = [subject.id for subject in known.values() if subject.enough]
    remedy = suggestion(name, able) or f"There are: {', '.join(able) or 'none'}."
    if name in known:
        remedy = "Add facts to content/facts/ and their labels to content/<language>/handouts.yaml."
    raise ContentError(
        [Complaint("order", scant(known[name]) if name in known else f"there is no subject “{name}”.", remedy)]
    )


def scant(subject: Subject) -> str:
    """Why a subject has no handout."""
    have = len(subject.facts)
    return (
        f"“{subject.id}” has no handout: of the {ENOUGH} facts that two sides need it has {have} that may be printed."
    )


def _said(it: House, order: Order, subject: Subject) -> Said:
    """The words of a subject in one language."""
    tag, language = order.language, it.languages[order.language]
    own, sort = language.handouts, subject.sort
    page: Any = it.words_of(order.edition, tag, subject.page.id)
    assert own is not None  # without them there are no subjects
    others = [it.words_of(order.edition, tag, other.id) for other in it.plans[order.edition]]
    head, *body = SAYINGS[sort](page, subject.id)
    return Said.model_construct(
        kicker=own.kickers[sort],
        title=own.titles.get(subject.id)
        or (page.title if sort == "corridors" else language.names[subject.show.subject]),
        lead=head,
        body=tuple(body),
        labels=_labels(it, language, own, page, subject),
        makes={name: text for words in others for name, text in getattr(words, "makes", {}).items()},
        charts=_charts(page),
        sums=_sums(language, own, page, subject),
        page=page,
        back=next(words for words in others if isinstance(words, back.Words)),
        own=own,
    )


#: By sort: what the brochure says of a subject, the lead first.
SAYINGS: dict[str, Callable[[Any, str], list[Text]]] = {
    "park": lambda page, name: list(_about(page, name)),
    "cluster": lambda page, name: [page.about[name], page.lead],
    "zone": lambda page, name: [page.lead, *page.further],
    "corridors": lambda page, name: [page.lead, *(section.text for section in page.sections)],
}


def _about(page: Any, name: str) -> Iterator[Text]:
    """A park's texts: those under its name on a page of several parks, or all of a page of its own."""
    if hasattr(page, "about"):
        said = page.about[name]
        yield from [said] if isinstance(said, Text) else said
    else:
        yield from (page.lead, *page.sites_body, *page.village_body)


def _charts(page: Any) -> dict[str, ChartWords]:
    """The words of a page's charts; a chart that borrows its title and note from the page gets them as its own."""
    own = {"title": getattr(page, "reliefs_title", None), "note": getattr(page, "reliefs_note", None)}
    return {
        name: words if words.title or words.note else words.model_copy(update=own)
        for name, words in page.charts.items()
    }


def _sums(it: Language, own: HandoutWords, page: PageWords, subject: Subject) -> dict[str, Text]:
    """What the figure of each company is: as its page says it, unless that names the company once more, or says only what
    all handouts say."""
    found = {}
    for firm in subject.show.companies:
        usual, said = own.of_company.get((firm.figure or "").rpartition(".")[2]), page.labels.get(firm.figure or "")
        if said and (said.raw.casefold() == (usual.raw if usual else "") or it.names[firm.name] in said.raw):
            said = usual or said
        if firm.figure and (said or usual):
            found[str(firm.figure)] = said or usual
    return {name: text for name, text in found.items() if text}


def _labels(it: House, language: Language, own: HandoutWords, page: PageWords, subject: Subject) -> dict[str, Text]:
    """The labels of all facts shown: of a company's fact its name and what it is of it."""
    firms, comma = {str(company.name) for company in subject.show.companies}, language.words.separator
    labels = dict(page.labels)
    for name in (*subject.show.figures, *subject.show.facts, *subject.show.distances):
        first, _, last = name.rpartition(".")
        firm = first.removeprefix("projects.")
        if name in own.labels:
            labels[name] = own.labels[name]
        elif first != firm and firm in firms and last in own.of_company:
            of = own.of_company[last]
            labels[name] = Text(f"{language.names[firm]}{comma}{of.raw}", of.place, of.key)
    return labels
