"""Files of every format, made by code, text invented: what the tests of the readers read."""

import io
import json
import zipfile

PARAGRAPHS = (
    "Der Damm oberhalb von Ulmtal ist in der Nacht gebrochen, sagte die Sprecherin der Feuerwehr, Ada Krol. "
    "Die Stadt sei nicht in Gefahr, und es gebe keine Toten.",
    "Das Ministerium für Wasserbau wies die Vorwürfe zurück. Man habe die Anlage im Herbst geprüft, "
    "erklärte der Minister am Abend vor Journalisten in der Hauptstadt.",
)
TITLE = "Dammbruch oberhalb von Ulmtal"
DATELINE = "3. Mai 2021"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TARGET = "https://kanal-sieben.example/2021/05/02/damm"


def text_file() -> bytes:
    """Make a text file whose report stands in front of an address in mid-sentence."""
    linked = PARAGRAPHS[1].replace("zurück.", f"({TARGET}) zurück.")
    return f"{TITLE}\n\n{DATELINE}\n\n{PARAGRAPHS[0]}\n\n{linked}\n".encode()


def markdown_file() -> bytes:
    """Make the same in Markdown."""
    linked = PARAGRAPHS[1].replace("die Vorwürfe", f"[die Vorwürfe]({TARGET})")
    return f"# {TITLE}\n\n{DATELINE}\n\n{PARAGRAPHS[0]}\n\n{linked}\n".encode()


def html_file(head: str = "", byline: str = "", charset: str = "utf-8") -> bytes:
    """Make a saved page with a menu, a footer and what `head` adds to its head."""
    linked = PARAGRAPHS[1].replace("die Vorwürfe", f'<a href="{TARGET}">die Vorwürfe</a>')
    menu = '<nav><a href="/">Start</a><a href="/sport">Sport</a></nav>'
    items = "<ul><li>Zwei Häuser stehen unter Wasser.</li><li>Die Brücke ist gesperrt.</li></ul>"
    page = f"""<!DOCTYPE html><html lang="de"><head><meta charset="{charset}">
    <title>{TITLE} | Nordkurier</title>{head}</head><body>{menu}<main><article><h1>{TITLE}</h1>{byline}
    <p>{PARAGRAPHS[0]}</p><p>{linked}</p><h2>Was bekannt ist</h2>{items}</article></main>
    <footer>Impressum Datenschutz</footer></body></html>"""
    return page.encode(charset)


def docx_file() -> bytes:
    """Make a Word file with a heading, a date, paragraphs and a link."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    before, after = PARAGRAPHS[1].split("die Vorwürfe")
    link = f'{_run(before)}<w:hyperlink r:id="l1">{_run("die Vorwürfe")}</w:hyperlink>{_run(after)}'
    style = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'
    body = f"<w:p>{style}{_run(TITLE)}</w:p>" + "".join(
        f"<w:p>{inner}</w:p>" for inner in (_run(DATELINE), _run(PARAGRAPHS[0]), link)
    )
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        f'ContentType="{rels}"/><Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": _relation(package, f"{office}/officeDocument", "r1", "word/document.xml"),
        "word/_rels/document.xml.rels": _relation(package, f"{office}/hyperlink", "l1", TARGET, "External"),
        "word/document.xml": f'<w:document xmlns:w="{WORD}" xmlns:r="{office}">'
        f"<w:body>{body}</w:body></w:document>",
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return packed.getvalue()


def _relation(package: str, kind: str, name: str, target: str, mode: str = "Internal") -> str:
    inner = f'<Relationship Id="{name}" Type="{kind}" Target="{target}" TargetMode="{mode}"/>'
    return f'<Relationships xmlns="{package}/relationships">{inner}</Relationships>'


def _run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def pdf_file(pages: list[list[tuple[float, float, str]]] | None = None) -> bytes:
    """Make a PDF of lines placed at points from the lower left; Helvetica, Latin letters only."""
    if pages is None:
        pages = [placed_lines("Seite 1 von 2", FIRST_PAGE), placed_lines("Seite 2 von 2", SECOND_PAGE)]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        shown = b"BT /F1 11 Tf " + b" ".join(_shown(*line) for line in lines) + b" ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown))
    made, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table) + trailer


def _shown(left: float, bottom: float, words: str) -> bytes:
    escaped = words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"1 0 0 1 %.1f %.1f Tm (%s) Tj" % (left, bottom, escaped)


FIRST_PAGE = [
    [TITLE],
    [DATELINE],
    [
        "Der Damm ist in der Nacht gebrochen, sagte die Spre-",
        "cherin der Feuerwehr. Die Stadt sei nicht in Gefahr,",
        "und es gebe keine Toten.",
    ],
    ["Das Ministerium wies die Vorwürfe zurück. Man habe"],
]
SECOND_PAGE = [["die Anlage im Herbst geprüft."], ["Die Ursache ist offen, und die Suche geht weiter."]]


def placed_lines(foot: str, paragraphs: list[list[str]]) -> list[tuple[float, float, str]]:
    """Place a running head, paragraphs and a foot on one page."""
    lines, bottom = [(72.0, 800.0, "Nordkurier")], 760.0
    for paragraph in paragraphs:
        for words in paragraph:
            lines.append((72.0, bottom, words))
            bottom -= 14.0
        bottom -= 12.0
    return [*lines, (290.0, 40.0, foot)]


def jsonl_file() -> bytes:
    """Make two rows, the second with other names for its columns."""
    text = f"{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]} Mehr unter {TARGET}"
    ferry = "The ferry was late, and the crew said so to the harbour master."
    rows = [
        {"title": TITLE, "text": text, "published": "2021-05-03"},
        {"headline": "Ferry late", "body": ferry, "date": "May 9, 2018", "source": "The Mail"},
    ]
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def table_file(delimiter: str = ",") -> bytes:
    """Make two rows of a table with a head."""
    first = f"{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]} Mehr unter {TARGET}"
    rows = [("Titel", "Text", "Datum"), (TITLE, first, "3.5.2021"), ("Zweiter", PARAGRAPHS[0], "")]
    quoted = (delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    return "\r\n".join(quoted).encode()


MADE = {
    ".txt": text_file,
    ".text": text_file,
    ".md": markdown_file,
    ".markdown": markdown_file,
    ".html": html_file,
    ".htm": html_file,
    ".xhtml": html_file,
    ".pdf": pdf_file,
    ".docx": docx_file,
    ".jsonl": jsonl_file,
    ".ndjson": jsonl_file,
    ".csv": table_file,
    ".tsv": lambda: table_file("\t"),
}
