"""Lists of recipients: whatever a spreadsheet saves is read as it was meant, or refused with its row."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import shipped

from brochure.errors import BrochureError, Complaint
from brochure.house import House
from brochure.load.lettering import printable
from brochure.load.recipients import recipients
from brochure.model.limits import Limits
from brochure.model.recipients import SELDOM, Recipients

HEAD = "name,company,language,email"
IVAN = "Иван Петров,ООО Ромашка,ru,ivan@example.com"
Read = Callable[..., Recipients]


@pytest.fixture(scope="module")
def summit() -> House:
    """This project's own house, whose edition has parks, clusters and routes."""
    return shipped()


@pytest.fixture
def read(summit: House, tmp_path: Path) -> Read:
    """Reads a list from text or bytes."""

    def reader(
        content: str | bytes, name: str = "list.csv", encoding: str = "", limits: Limits | None = None
    ) -> Recipients:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        house = House(**{**vars(summit), "limits": limits}) if limits else summit
        return recipients(house, summit.default_edition, path, encoding)

    return reader


def said(slips: tuple[Complaint, ...]) -> list[str]:
    """Slips without the folder that the list lies in."""
    return [f"list.{str(slip).partition('list.')[2]}" for slip in slips]


def refusal(read: Read, *given: object, **named: object) -> list[str]:
    """What is said of a list that is refused as a whole."""
    with pytest.raises(BrochureError) as error:
        read(*given, **named)
    return said(error.value.complaints)


LETTERS = {
    "UTF-8": (f"{HEAD}\n{IVAN}\n".encode(), "Иван Петров"),
    "a byte order mark": (f"{HEAD}\n{IVAN}\n".encode("utf-8-sig"), "Иван Петров"),
    "UTF-16 of a spreadsheet": (f"{HEAD}\n{IVAN}\n".replace(",", "\t").encode("utf-16"), "Иван Петров"),
    "UTF-16 the other way": (b"\xfe\xff" + f"{HEAD}\n{IVAN}\n".encode("utf-16-be"), "Иван Петров"),
    "UTF-16 without a mark": (f"{HEAD}\n{IVAN}\n".encode("utf-16-le"), "Иван Петров"),
    "UTF-32": (f"{HEAD}\n{IVAN}\n".encode("utf-32"), "Иван Петров"),
    "UTF-32 without a mark": (f"{HEAD}\n{IVAN}\n".encode("utf-32-be"), "Иван Петров"),
    "lines of an old Mac": (f"{HEAD}\r{IVAN}\r".encode(), "Иван Петров"),
    "empty rows above": (f"\n,,,\n{HEAD}\n{IVAN}\n".encode(), "Иван Петров"),
    "Windows-1251": (f"{HEAD}\n{IVAN}\n".encode("cp1251"), "Иван Петров"),
    "Windows-1252": (f"{HEAD}\nJosé Müller,Café São Gonçalo,pt,jose@example.com\n".encode("cp1252"), "José Müller"),
    "GB 18030": (f"{HEAD}\n王伟,中国银行股份有限公司,zh,wang@example.com\n".encode("gb18030"), "王伟"),
}


@pytest.mark.parametrize("case", LETTERS)
def test_letters_are_read_as_they_were_saved(read: Read, case: str) -> None:
    """Every usual encoding gives the name that was written."""
    content, name = LETTERS[case]

    assert [person.name for person in read(content).people] == [name]


@pytest.mark.parametrize("encoding", ["cp1251", "cp1252", "gb18030"])
def test_an_encoding_that_was_found_out_is_said(read: Read, encoding: str) -> None:
    """What no mark tells is never guessed silently: a warning names the encoding and a word as it was read."""
    name = {"cp1251": "Иван Петров", "cp1252": "José Müller", "gb18030": "王伟中国银行"}[encoding]
    slips = read(f"{HEAD}\n{name},Ltd,en,a@example.com\n".encode(encoding)).slips

    assert [slip.warning for slip in slips] == [True]
    assert f"“{name.split()[0]}”" in slips[0].what and slips[0].where.line == 2  # type: ignore[union-attr]


def test_a_row_that_could_be_read_in_two_ways_is_refused(read: Read) -> None:
    """Three letters don't tell one alphabet from another; the owner can name the encoding."""
    content = f"{HEAD}\nÅ Ö,Ö,en,a@example.com\n".encode("cp1252")

    assert refusal(read, content)[0].startswith(
        "list.csv:2:1: error: this row could be read as “Е” (Windows-1251) or “Å” (Windows-1252). Save the file"
    )
    assert read(content, encoding="cp1252").people[0].name == "Å Ö"


def test_what_no_known_encoding_explains_is_refused(read: Read) -> None:
    """Polish of Windows-1250 and a UTF-8 file with a spoilt byte are told with their row."""
    polish = f"{HEAD}\nŁukasz Żak,Śląsk,en,a@example.com\n".encode("cp1250")
    spoilt = f"{HEAD}\n{IVAN}\nJos\xe9,Ltd,en,b@example.com\n".encode().replace("é".encode(), b"\xe9")

    assert refusal(read, polish)[0].startswith("list.csv:2:1: error: this row isn't UTF-8, and in no usual encoding")
    assert refusal(read, spoilt)[0].startswith("list.csv:3:4: error: the byte 0xe9 is not UTF-8, as the rest")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_usual_delimiter_is_found(read: Read, delimiter: str) -> None:
    """The first row tells the delimiter: no other makes known columns of it."""
    content = f"{HEAD}\n{IVAN}\n".replace(",", delimiter)

    assert [person.company for person in read(content).people] == ["ООО Ромашка"]


def test_a_spreadsheet_may_note_its_delimiter(read: Read) -> None:
    """A first line sep=; counts as a line, and the rows keep their numbers."""
    found = read(f"sep=;\n{HEAD}\n{IVAN}\nAnna,Ltd,xx,b@example.com\n".replace(",", ";"))

    assert [person.place.line for person in found.people] == [3]
    assert said(found.slips)[0].startswith("list.csv:4:10: error: the edition has no language “xx”.")


def test_the_header_may_be_written_anyhow(read: Read) -> None:
    """Case, spaces and a trailing delimiter don't matter; the columns may come in any order."""
    (person,) = read('E-Mail , NAME,"Latin Name",Company, language,\na@example.com,Анна,Anna,Ltd,EN,\n').people

    assert (person.name, person.latin_name, person.language) == ("Анна", "Anna", "en")


def test_quotes_may_hold_anything(read: Read) -> None:
    """Delimiters, quotes and line breaks inside quotes belong to the cell; a line break becomes a space."""
    found = read(f'{HEAD}\n"Anna\r\nKim","A, ""B"" Ltd",en,a@example.com\nBob,Ltd,xx,b@example.com\n')

    assert [(person.name, person.company) for person in found.people] == [("Anna Kim", 'A, "B" Ltd')]
    assert said(found.slips)[0].startswith("list.csv:4:9: error:")


ROWS = {
    "a name is missing": (",Ltd,en,a@example.com", "2:1: error: “name” is missing."),
    "a name of spaces": ("\u3164,Ltd,en,a@example.com", "2:1: error: nothing of “name” can be seen."),
    "a hidden character": ("An\u202ena,Ltd,en,a@example.com", "2:1: error: the invisible character U+202E stands in “name”."),
    "NUL": ("An\x00na,Ltd,en,a@example.com", "2:1: error: the invisible character U+0000 stands in “name”."),
    "a long name": (f"{'Anna ' * 20},Ltd,en,a@example.com", "2:1: error: “name” has 99 characters; 60 are the limit."),
    "a long word": (f"{'W' * 40},Ltd,en,a@example.com", "2:1: error: “WWWWWWWWWWWW…” is a word of 40 characters"),
    "a tower of marks": (f"Z{chr(0x301) * 9}o,Ltd,en,a@example.com", "2:1: error: more than 6 marks stand on one letter"),
    "another language": ("Anna,Ltd,fr,a@example.com", "2:10: error: the edition has no language “fr”. It has: en, ru"),
    "no address": ("Anna,Ltd,en,anna.example.com", "2:13: error: “anna.example.com” is no e-mail address:"),
    "two addresses": ('Anna,Ltd,en,"a@x.org, b@y.org"', "2:13: error: “a@x.org, b@y.org” is more than one address."),
    "a local part of other letters": ("Anna,Ltd,en,анна@example.com", "2:13: error: “анна@example.com” is no e-mail"),
    "too few cells": ("Anna,Ltd,en", "2:1: error: this row has 3 cells; the header has 4 columns."),
    "too many cells": ("Anna,Ltd, Inc,en,a@example.com", "2:1: error: this row has 5 cells; the header has 4 columns."),
    "an open quote": ('"Anna,Ltd,en,a@example.com', "2:1: error: a quotation mark is opened in this row and never closed."),
    "a quote inside": ('"An"na,Ltd,en,a@example.com', "2:1: error: after a closing quotation mark the cell goes on."),
}  # fmt: skip


@pytest.mark.parametrize("case", ROWS)
def test_a_bad_row_is_told_with_its_cell(read: Read, case: str) -> None:
    """Each slip gives line and column of its cell and leaves out its own row only."""
    row, message = ROWS[case]
    found = read(f"{HEAD}\n{row}\n{IVAN}\n")

    assert [text.removeprefix("list.csv:")[: len(message)] for text in said(found.slips)] == [message]
    assert [person.row for person in found.people] == ([] if case == "an open quote" else [2])


def test_all_slips_are_told_in_one_run(read: Read) -> None:
    """Several slips of one row and slips of several rows, in the list's order."""
    found = read(f"{HEAD}\n,Ltd,fr,nobody\n{IVAN}\nAnna,,en,b@example.com\n")

    assert [text.split(" ")[0] for text in said(found.slips)] == [
        "list.csv:2:1:", "list.csv:2:6:", "list.csv:2:9:", "list.csv:4:6:",
    ]  # fmt: skip
    assert found.rows == 3


def test_an_address_stands_once(read: Read) -> None:
    """The same address in other capitals is a slip that names the first line."""
    found = read(f"{HEAD}\n{IVAN}\nAnna,Ltd,en,IVAN@Example.com\n")

    assert said(found.slips) == [
        "list.csv:3:13: error: the address IVAN@Example.com stood on line 2 already. Keep one of the two rows."
    ]


def test_an_address_of_another_alphabet_is_kept_in_ascii(read: Read) -> None:
    """A domain of other letters becomes the form that mail servers know."""
    assert read(f"{HEAD}\nИван,Ltd,ru,ivan@пример.рф\n").people[0].email == "ivan@xn--e1afmkfd.xn--p1ai"


def test_empty_rows_are_no_rows(read: Read) -> None:
    """Empty lines, and rows of delimiters that a spreadsheet leaves at the end."""
    found = read(f"\n{HEAD}\n\n{IVAN}\n,,,\n\n")

    assert (len(found.people), found.slips, found.people[0].place.line) == (1, (), 4)


HEADS = {
    "an unknown column": ("name,company,language,email,telefon\n", "list.csv:1:29: error: a list of recipients has no column “telefon”."),
    "a misspelt column": ("name,company,langauge,email\n", "list.csv:1:14: error: a list of recipients has no column “langauge”. Did you mean “language”?"),
    "a doubled column": ("name,company,language,email,Name\n", "list.csv:1:29: error: the column “name” stands here a second time."),
    "a missing column": ("name,company,language\n", "list.csv:1:1: error: the column “email” is missing."),
    "no header": (f"{IVAN}\n", "list.csv:1:1: error: the first row doesn't name the columns"),
    "nothing": ("\n\n", "list.csv:1:1: error: this list is empty."),
    "a title above": (f"\n,,\nGuests,,\n{HEAD}\n{IVAN}\n", "list.csv:3:1: error: the first row doesn't name the columns"),
}  # fmt: skip


@pytest.mark.parametrize("case", HEADS)
def test_a_header_that_is_not_understood_is_refused(read: Read, case: str) -> None:
    """A list whose columns aren't clear is refused as a whole."""
    content, message = HEADS[case]

    assert message in [text[: len(message)] for text in refusal(read, content)]


def test_interests_are_names_in_any_language(read: Read) -> None:
    """Park, cluster and route names become ids in the order in which they are written, each once; an office may write
    its own language's names for readers of another."""
    found = read(f"{HEAD},interests\n{IVAN},Росва; dalian - vorsino ;Ворсино;Vorsino\n"
                 "Ann,B,en,ann@example.com,Росва;沃尔西诺\n")  # fmt: skip

    assert found.people[0].interests == ("rosva", "dalian_vorsino", "vorsino")
    assert found.people[1].interests == ("rosva", "vorsino")


def test_lines_of_an_old_mac_are_counted(read: Read) -> None:
    """A lone carriage return ends a line, inside quotes, too."""
    found = read(f'{HEAD}\r{IVAN}\r"Ann\rLee",B,xx,ann@example.com\r')

    assert said(found.slips) == ["list.csv:4:8: error: the edition has no language “xx”. It has: en, ru, zh, pt, hi."]


def test_a_spreadsheet_may_quote_its_delimiter(read: Read) -> None:
    """A first line "sep=;" in quotes is the same as without."""
    found = read(f'"sep=;"\n{HEAD};\n{IVAN};\n'.replace(",", ";"))

    assert [person.name for person in found.people] == ["Иван Петров"]


@pytest.mark.parametrize("encoding", SELDOM)
def test_an_encoding_that_is_seldom_is_read_when_it_is_named(read: Read, encoding: str) -> None:
    """It is never guessed."""
    name = next(name for name in ("Иван", "José", "Łucja", "王偉", "山田", "김철수") if _fits(name, encoding))

    found = read(f"{HEAD}\n{name},B,en,a@example.com\n".encode(encoding), encoding=encoding)

    assert found.people[0].name == name


def _fits(name: str, encoding: str) -> bool:
    return name.encode(encoding, "replace").decode(encoding) == name


def test_an_encoding_that_would_make_words_is_named(read: Read) -> None:
    """A list of a Russian office's older programs is refused, and what is said tells by which encoding it makes sense."""
    content = f"{HEAD}\n{IVAN}\nЮлия Цветаева,Жигули,ru,b@example.com\n".encode("koi8-r")

    assert "Is it “Иван” (--encoding koi8-r)? Then say so" in refusal(read, content)[0]
    assert "there is no encoding “nonsense”." in refusal(read, content, encoding="nonsense")[0]


def test_a_workbook_is_no_list(read: Read) -> None:
    """A spreadsheet's own file gets a line that says what to do."""
    assert "a spreadsheet's own workbook" in refusal(read, b"PK\x03\x04" + bytes(range(256)))[0]


def test_letters_without_a_font_are_told_at_their_cell(summit: House, read: Read) -> None:
    """Also behind a cell of several lines, and in a list as YAML."""
    csv = f'{HEAD}\n"Ann\nLee",B,en,a@example.com\nBob,"ไทย, ไทย",en,b@example.com\n'
    yaml = "recipients:\n- {name: Bob, company: ไทย, language: en, email: b@example.com}\n"
    told = [printable(summit, read(csv))[0].slips, printable(summit, read(yaml, "list.yaml"))[0].slips]

    assert [said(slips)[0].partition(" error")[0] for slips in told] == ["list.csv:4:5:", "list.yaml:2:24:"]


def test_an_interest_that_nobody_knows_is_told(read: Read) -> None:
    """A misspelt name gets the one that was meant; a town is no interest."""
    found = read(f"{HEAD},interests\n{IVAN},Ворсинно;Москва\n")

    assert "there is no park, cluster or route “Ворсинно”. Did you mean “Ворсино”?" in said(found.slips)[0]
    assert "there is no park, cluster or route “Москва”." in said(found.slips)[1]
    assert found.people == ()


def test_limits_hold(read: Read) -> None:
    """A cell, the list's rows and the file have limits that content/limits.yaml can raise."""
    few = Limits.model_validate({"recipients": "1", "recipient_characters": "20"})
    anna = "Anna,Ltd,en,a@example.com"

    assert "this list has more than 1 rows. Split it, or raise recipients" in refusal(read, f"{HEAD}\n{anna}\n{IVAN}\n", limits=few)[0]  # fmt: skip
    assert "this cell has 25 characters; 20 are the limit." in said(read(f"{HEAD}\n{'a' * 25},B,en,a@example.com\n", limits=few).slips)[0]  # fmt: skip


def test_a_file_that_is_too_large_is_not_read(read: Read) -> None:
    """Beyond its megabytes a list isn't even looked at."""
    few = Limits.model_validate({"recipients_megabytes": "1"})

    assert "this file has 1.2 MB; 1 MB are the limit." in refusal(read, "x" * 1_200_000, limits=few)[0]


def test_yaml_says_the_same(read: Read) -> None:
    """A YAML list is read by the house's strict reader; interests may be a list of their own."""
    found = read(
        "recipients:\n  - name: Норвегия\n    company: NO\n    language: ru\n    email: a@example.com\n    interests: [Vorsino, Росва]\n"
        "  - name: Anna\n    company: Ltd\n    language: en\n    email: a@example.com\n    colour: blue\n",
        "list.yaml",
    )

    assert [(person.company, person.interests) for person in found.people] == [("NO", ("vorsino", "rosva"))]
    assert said(found.slips)[0].startswith("list.yaml:11:5: error: a recipient has no “colour”.")
    assert "list.yaml:1:1: error: there is no list of recipients." in refusal(read, "people: []\n", "list.yaml")[0]


def test_a_hundred_thousand_rows_are_read_in_time(read: Read) -> None:
    """The published figure is 30 s for 100,000 rows; a tenth of them takes less than a tenth of it."""
    rows = (f"Person {n},Company {n % 97},en,p{n}@c{n % 997}.example.com" for n in range(10_000))
    start = time.process_time()

    assert len(read(f"{HEAD}\n" + "\n".join(rows)).people) == 10_000
    assert time.process_time() - start < 15
