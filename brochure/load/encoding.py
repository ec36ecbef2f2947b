"""In which encoding a list from a spreadsheet was saved: known, or found out and said, or refused."""

from __future__ import annotations

import codecs
import re
import unicodedata

import charset_normalizer

from brochure.errors import Complaint, ContentError, Place
from brochure.model.recipients import ENCODINGS, SELDOM, USUAL

BOMS = ((b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"), (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))  # fmt: skip
#: How files begin that aren't text at all, and what people call them.
WORKBOOKS = {b"PK\x03\x04": "a spreadsheet's own workbook (XLSX, ODS) or an archive",
             b"\xd0\xcf\x11\xe0": "a spreadsheet's own workbook (XLS)", b"%PDF-": "a PDF"}  # fmt: skip
MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
SAMPLE = 200_000  # bytes of lines with other than ASCII letters that are looked at
MESS = (
    0.08  # of a reading that may be believed, as charset-normalizer measures it: a reading in a wrong alphabet has more
)
LEAD = 0.03  # by which the best of several possible readings must be better than the next
EVIDENCE = 12  # bytes that are not ASCII: with fewer, several possible readings are not told apart
SAVE = "Save the file as CSV UTF-8, or name its encoding with --encoding."


def decoded(raw: bytes, file: str, encoding: str = "") -> tuple[str, tuple[Complaint, ...]]:
    """The text of a list, and a warning when its encoding was found out by its letters. ContentError with the row's
    place when it can't be read or could be read in several ways."""
    if kind := next((said for start, said in WORKBOOKS.items() if raw.startswith(start)), ""):
        raise _refused(Place(file), f"this file is {kind}, no list.", "Save it as CSV UTF-8, and name that file.")
    if encoding:
        return _strict(raw, file, encoding), ()
    for bom, known in BOMS:
        if raw.startswith(bom):
            return _strict(raw, file, known), ()
    if known := _wide(raw):
        return _strict(raw, file, known), ()
    try:
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        if _mostly_utf8(raw):
            what = f"the byte {raw[error.start]:#04x} is not UTF-8, as the rest of the file is."
            raise _refused(_at(raw, error.start, file), what, SAVE) from None
    return _found_out(raw, file)


def _found_out(raw: bytes, file: str) -> tuple[str, tuple[Complaint, ...]]:
    """The text in the one encoding that makes words of it."""
    lines = [line for line in raw.splitlines() if not line.isascii()]
    sample = b"\n".join(lines)[:SAMPLE]
    start = next(index for index, byte in enumerate(raw) if byte > 127)
    matches = charset_normalizer.from_bytes(sample, cp_isolation=list(USUAL))
    readings = sorted((match.chaos, match.encoding) for match in matches if sensible(str(match)))
    if not readings or readings[0][0] > MESS:
        what = "this row isn't UTF-8, and in no usual encoding do its letters make words."
        raise _refused(_at(raw, start, file), what, _perhaps(sample) or SAVE)
    close = [name for mess, name in readings if mess - readings[0][0] < LEAD]
    if sum(byte > 127 for byte in sample) < EVIDENCE:
        close = [name for name in USUAL if sensible(sample.decode(name, "replace"))]
    if len(close) > 1:
        said = " or ".join(f"“{_foreign(sample.decode(name))}” ({USUAL[name]})" for name in close)
        raise _refused(_at(raw, start, file), f"this row could be read as {said}.", SAVE)
    name = readings[0][1]
    text = _strict(raw, file, name)
    what = f"this file isn't UTF-8; it was read as {USUAL[name]}: “{_foreign(text)}”."
    return text, (Complaint(_at(raw, start, file), what, f"Look whether that is right. {SAVE}", warning=True),)


def _perhaps(sample: bytes) -> str:
    """The remedy where encodings that are seldom used would make words of the letters; empty where none would."""
    matches = charset_normalizer.from_bytes(sample, cp_isolation=list(SELDOM))
    readings = sorted((match.chaos, match.encoding, _foreign(str(match))) for match in matches if sensible(str(match)))
    best = [(_option(name), word) for mess, name, word in readings if mess <= min(MESS, readings[0][0] + LEAD)]
    said = " or ".join(f"“{word}” (--encoding {name})" for name, word in best[:2])
    return f"Is it {said}? Then say so; else save the file as CSV UTF-8." if best else ""


def _option(name: str) -> str:
    """What people write for an encoding that Python calls so."""
    return next(known for known in SELDOM if codecs.lookup(known) == codecs.lookup(name))


def sensible(text: str) -> bool:
    """Whether the words could be somebody's: each of one alphabet and without capitals in its midst, Latin ones not of
    accents alone, Chinese ones of common characters, and no sign among them that only a wrong reading gives."""
    chinese = re.findall("[\u4e00-\u9fff]", text)
    if re.search("[\x80-\x9f\ufffd¤¦¨¬¯¸ƒ†‡‰¢¥]", text) or len(chinese) > 1.4 * sum(map(_common, chinese)):
        return False
    return all(_one_alphabet(word) for word in re.findall(r"[^\W\d_]+", text) if not word.isascii())


def _one_alphabet(word: str) -> bool:
    scripts = {unicodedata.name(c, "?").partition(" ")[0] for c in word if c != "ª"}
    if scripts == {"LATIN"} and len(word) > 2 and not any(c.isascii() for c in word):
        return False
    return len(scripts) == 1 and (word.istitle() or word.isupper() or word.islower() or word.upper() == word.lower())


def _common(character: str) -> bool:
    """Whether a Chinese character is among the 3,755 commonest, the first level of GB 2312: what comes of another
    encoding seldom is."""
    return b"\xb0" <= character.encode("gb2312", "ignore")[:1] <= b"\xd7"


def _foreign(text: str) -> str:
    """The first word with other than ASCII letters."""
    found = next((word for word in re.findall(r"\w+", text) if not word.isascii()), "")
    return found[:20]


def _wide(raw: bytes) -> str:
    """UTF-32 or UTF-16 without a byte order mark, by its empty bytes; empty for anything else."""
    head = raw[:2000]
    empty = [head[step::4].count(0) * 4 > len(head) * 0.9 for step in range(4)]
    for name, first, high in (("utf-32-le", 0, (2, 3)), ("utf-32-be", 3, (0, 1))):
        if len(raw) % 4 == 0 and all(empty[step] for step in high) and not empty[first]:
            return name
    even, odd = head[::2].count(0), head[1::2].count(0)
    if not (even or odd) or len(head) < 4 or min(even, odd) * 10 > max(even, odd):
        return ""
    if max(even, odd) * 3 < len(head) // 2:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _mostly_utf8(raw: bytes) -> bool:
    """Whether most of what isn't ASCII is UTF-8: then the file is, and a few bytes were spoilt."""
    whole = sum(len(match) for match in MULTIBYTE.findall(raw))
    return whole * 2 > sum(byte > 127 for byte in raw)


def _strict(raw: bytes, file: str, encoding: str) -> str:
    try:
        text = raw.decode(encoding)
    except LookupError:
        raise _refused(
            Place(file), f"there is no encoding “{encoding}”.", f"Name one of {', '.join(ENCODINGS)}."
        ) from None
    except UnicodeDecodeError as error:
        name = (USUAL | SELDOM).get(encoding, encoding.upper().removesuffix("-SIG"))
        what = f"the byte {raw[error.start]:#04x} is not {name}."
        raise _refused(_at(raw, error.start, file), what, SAVE) from None
    return text.removeprefix("\ufeff")


def _at(raw: bytes, start: int, file: str) -> Place:
    """The row of a byte, and its column as far as bytes tell it."""
    before = raw[:start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return Place(file, before.count(b"\n") + 1, len(before) - before.rfind(b"\n"))


def _refused(place: Place, what: str, remedy: str) -> ContentError:
    return ContentError([Complaint(place, what, remedy)])
