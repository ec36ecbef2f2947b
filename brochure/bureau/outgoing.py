"""What goes out: every text with its translation so far, and all that a translator who never saw the page must know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from brochure import compose, exchange, load
from brochure.errors import Complaint, ContentError, Place, errors_in, suggestion
from brochure.house import House
from brochure.load import parity, rewrite
from brochure.load.sayings import Saying, sayings, source
from brochure.model.markup import Figure, Text
from brochure.model.phrase import Parcel, Phrase, State
from brochure.stages import Manuscript, Order

ABOUT = (
    "Figures in braces are printed by the program, with unit and source: keep each, put it where your sentence needs it.",
    "{fact|form} prints another form: number, bare, sentence, short, year, month, day, names, or a grammatical case.",
    "{@fact} prints only the source's mark; *word* stands out; ~ is a space that doesn't break; \\\\ breaks the line.",
    "Write no other digits, nothing that the original doesn't say, and no more letters than the note allows.",
)
#: What a text is, by the file that it stands in.
FILES = {
    "common.yaml": "a word that many pages share",
    "names.yaml": "the name of a place, a company or a country",
    "labels.yaml": "the label of a figure in tables and charts",
}
#: … or by the last word of its key.
KEYS = {
    "contents": "its line in the list of contents",
    "title": "a title",
    "kicker": "the short line above a title",
    "lead": "the opening paragraph",
    "alt": "what a picture shows, for readers who can't see it; not printed",
    "caption": "a caption",
    "note": "a note",
    "columns": "the head of a table's column",
    "labels": "the label of a figure",
}


def house(root: Path) -> tuple[House, tuple[Complaint, ...]]:
    """The house with all its languages, however far they are translated, also those that no edition has yet. One of
    the latter that has slips is left out, and its slips are told as warnings; ContentError for all other slips."""
    folders = {path.parent.name for path in (root / "content").glob("*/language.yaml")}
    try:
        return load.house(root, draft=True, others=folders), ()
    except ContentError as error:
        slips = errors_in(error.complaints)
    bad = {_folder(slip) for slip in slips}
    try:
        found = load.house(root, draft=True, others=folders - bad)
    except ContentError as error:
        raise ContentError(errors_in(error.complaints)) from None
    return found, tuple(replace(slip, warning=True) for slip in slips)


def _folder(slip: Complaint) -> str:
    """The language whose file a slip is in; the folder below content/ at any rate."""
    return slip.where.file.removeprefix("content/").partition("/")[0] if isinstance(slip.where, Place) else ""


def chosen(it: House, languages: Sequence[str]) -> list[str]:
    """The translated languages, or those that are named; ContentError for one that the house hasn't got."""
    known = [tag for tag in it.languages if tag != source(it)]
    unknown = [tag for tag in languages if tag not in known]
    if unknown:
        raise ContentError(
            [
                Complaint(
                    "translations",
                    f"there is no translation into “{tag}”.",
                    suggestion(tag, known) or f"There are: {', '.join(known) or 'none'}.",
                )
                for tag in unknown
            ]
        )
    return list(languages) or known


def export(it: House, tag: str, form: str) -> tuple[str, bytes]:
    """A language's file for an office: its name and its bytes, the same for the same content."""
    written = source(it)
    parcel = Parcel(
        it.languages[written].words.locale, it.languages[tag].words.locale, ABOUT,
        str(it.editions[it.default_edition].date.last), tuple(phrases(it, tag)),
    )  # fmt: skip
    return f"{written}-{tag}{exchange.FORMATS[form]}", exchange.written(parcel, form)


def phrases(it: House, tag: str) -> Iterator[Phrase]:
    """Every text of the written language with its translation, file by file, in the order of the files."""
    written = source(it)
    originals, found, states = parity.originals(it, tag), sayings(it, tag), parity.states(it, tag)
    manuscript = load.manuscript(it, Order(it.default_edition, written))
    files: dict[str, tuple[dict[str, str], dict[str, str]]] = {}
    for key, original in sorted(originals.items(), key=lambda item: item[1].place):
        if original.file not in files:
            both = (load.foreign.content(it.root, f"content/{spoken}/{original.file}") for spoken in (written, tag))
            first, second = (rewrite.texts(raw) if raw.strip() else {} for raw in both)
            files[original.file] = first, second
        here, there = files[original.file]
        yield Phrase(
            key=key,
            place=original.place,
            source=here[original.name],
            target=there[original.name] if key in found else "",
            state=states[key],
            marked=original.marked,
            notes=tuple(_notes(it, tag, original, states[key])),
            printed=_printed(manuscript, original),
        )


def _notes(it: House, tag: str, original: Saying, state: State) -> Iterator[str]:
    yield _what(it, original)
    if budget := it.languages[source(it)].budgets.get(original.key):
        fits = load.budgets.within(budget, tag, source(it))
        yield f"Page {budget.page}, set as {budget.element}, {budget.box} mm."
        yield f"At most {fits} letters without the figures (the original has {len(original.letters)}); ideographs count double."
    if state is State.CHANGED and parity.accepted(it, tag, original.key):
        yield "The original has changed since this was translated."
    for term in it.terms.terms.values():
        ours, theirs = term.says.get(source(it)), term.says.get(tag)
        if ours and theirs and ours.casefold() in original.letters.casefold():
            yield f"Term: {ours} = {theirs}" + (f" ({term.means})" if term.means else "")
    if kept := [word for word in it.terms.keep if word in original.letters]:
        yield f"Stays as it is: {', '.join(kept)}"


def _what(it: House, original: Saying) -> str:
    """What a text is and where it stands, in a sentence."""
    if original.file in FILES:
        return f"This is {FILES[original.file]}."
    stem, steps = Path(original.file).stem, original.name.replace("_", ".").split(".")
    kind = next((KEYS[step] for step in reversed(steps) if step in KEYS), f"the text “{original.name}”")
    if original.file.startswith("editions/"):
        return f"The edition “{stem}”: {kind}."
    if original.file.startswith("mail"):
        return f"The letter by e-mail{f' of the edition “{stem}”' if original.file != 'mail.yaml' else ''}: {kind}."
    page = next((page for name in it.plans for page in it.pages(name) if page.id == stem), None)
    own = f", as the edition “{Path(original.file).parent.name}” says it" if original.file.count("/") > 1 else ""
    return f"The section “{stem}”{f' from page {page.first}' if page else ''}{own}: {kind}."


def _printed(manuscript: Manuscript, original: Saying) -> dict[str, str]:
    """How the figures of a text print in its own language, by their braces."""
    out = {}
    for node in Text(original.raw).walk() if original.marked else ():
        if isinstance(node, Figure):
            code = f"{{{node.fact}|{node.form}}}" if node.form != "full" else f"{{{node.fact}}}"
            out[code] = compose.printed(manuscript, node.fact, node.form)
    return out
