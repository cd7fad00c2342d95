"""The command line: `sayso build | show | annotate | export | open`.

Results go to stdout, messages to stderr. Exit codes: 0 all went well; 1 done, but some inputs could not
be read (see `sayso show CASE failures`); 2 nothing was done, the message says why; 130 interrupted.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import App, Parameter

from sayso.errors import SaysoError, UnreadableReport

if TYPE_CHECKING:
    from sayso.pipeline import Summary

app = App(
    name="sayso",
    help="On whose say-so? Reads a pile of news reports and gives back a sourced chronology: what is said "
    "to have happened, when and where, who says so, and how many independent origins stand behind it.",
    version_flags=["--version"],
    help_epilogue="Begin with:  sayso build REPORTS_FOLDER --case my.sayso  and then  sayso open my.sayso",
)

View = Literal["chronology", "claims", "attributions", "contradictions", "entities", "failures"]
CaseFile = Annotated[Path, Parameter(help="The case file, as made by `sayso build`.")]


@app.command
def build(
    *paths: Annotated[Path, Parameter(help="Reports: files, or folders that are searched for files.")],
    case: Annotated[Path, Parameter(help="The case file to make or to extend.")],
    language: Annotated[
        str | None, Parameter(help="Take all reports to be in this language (de, en, ru, ...).")
    ] = None,
    published: Annotated[str | None, Parameter(help="Take this date where a report has none.")] = None,
    json: Annotated[bool, Parameter(help="Print the summary as JSON.", negative="")] = False,
) -> int:
    """Read reports into a case. Run again, it adds what is new and does nothing twice."""
    if not paths:
        raise UnreadableReport("no report named", remedy="sayso build FILE_OR_FOLDER ... --case FILE")
    from sayso import pipeline
    from sayso.case import Case

    with Case.open(case, create=True) as opened, _progress() as tell:
        summary = pipeline.build(paths, opened, published=published, language=language, progress=tell)
    _print_summary(summary, case, json)
    return 1 if summary.failures else 0


@app.command
def show(
    case: CaseFile,
    view: Annotated[View, Parameter(help="What to look at.")] = "chronology",
    *,
    place: Annotated[str | None, Parameter(help="Only what is said of this place, in any spelling.")] = None,
    actor: Annotated[str | None, Parameter(help="Only what this actor did or said.")] = None,
    since: Annotated[
        str | None, Parameter(name="--from", help="From this day on (2022, 2022-01, 2022-01-05).")
    ] = None,
    until: Annotated[str | None, Parameter(name="--to", help="Up to and with this day.")] = None,
    min_origins: Annotated[int, Parameter(help="Only claims with so many independent origins.")] = 0,
    ambiguous: Annotated[
        bool, Parameter(help="Of entities: the pairs that may be one or two, best first.", negative="")
    ] = False,
    json: Annotated[bool, Parameter(help="One JSON object a line instead of a table.", negative="")] = False,
) -> int:
    """Show a table of a case."""
    from sayso.case import Case
    from sayso.printing import print_rows
    from sayso.views import VIEWS, Filter, view_doubts

    if ambiguous and view != "entities":
        raise SaysoError(f"--ambiguous asked of {view}", remedy="sayso show CASE entities --ambiguous")
    wanted = Filter(place=place, actor=actor, since=since, until=until, min_origins=min_origins)
    with Case.open(case) as opened:
        print_rows((view_doubts if ambiguous else VIEWS[view])(opened, wanted), view, json)
    return 0


@app.command
def annotate(
    file: Annotated[str, Parameter(help="One report, or - for standard input.", allow_leading_hyphen=True)],
    *,
    published: Annotated[
        str | None, Parameter(help="When it was published, if the text does not say.")
    ] = None,
    language: Annotated[str | None, Parameter(help="Its language, if it is not recognised.")] = None,
    html: Annotated[bool, Parameter(help="A highlighted view instead of JSON.", negative="")] = False,
) -> int:
    """Read one report and print what was read in it, as JSON in the case format's fields."""
    import msgspec

    from sayso import pipeline
    from sayso.highlight import highlight_page
    from sayso.records import Failure
    from sayso.reports import read

    if file == "-":
        read_one = pipeline.annotate(_standard_input(), published=published, language=language)
    else:
        first = next(iter(read(Path(file), published=published, language=language)), None)
        if first is None or isinstance(first, Failure):
            raise UnreadableReport(first.error if first else "no report in it", file, "name another file")
        read_one = pipeline.annotate_report(first)
    if html:
        print(highlight_page(read_one.report, read_one.annotations), end="")
    else:
        found = {"report": read_one.report, **_annotation_fields(read_one.annotations)}
        print(msgspec.json.format(msgspec.json.encode(found), indent=1).decode())
    return 0


@app.command
def export(
    case: CaseFile,
    *,
    to: Annotated[str, Parameter(help="The format: jsonl (a folder, one file a table) or html (one file).")],
    out: Annotated[Path, Parameter(help="Where to write it.")],
) -> int:
    """Write a case in a format that others read."""
    from sayso.case import Case
    from sayso.exporters import export as export_case

    with Case.open(case) as opened:
        print(export_case(opened, to, out))
    return 0


@app.command(name="open")
def open_case(
    case: CaseFile,
    *,
    port: Annotated[int, Parameter(help="The port to serve on; 0 takes a free one.")] = 0,
    browser: Annotated[bool, Parameter(help="Open the browser.")] = True,
) -> int:
    """Serve the page of a case on this machine and open it in the browser."""
    from sayso.case import Case
    from sayso.page import serve

    def revise(opened: Case) -> None:
        from sayso.pipeline import consolidate

        consolidate(opened)

    Case.open(case).close()
    serve(case, port=port, open_browser=browser, revise=revise)
    return 0


def main() -> None:
    """Run the command line; what a user can mend is said in one line, without a traceback."""
    try:
        sys.exit(app(exit_on_error=True, print_error=True))
    except SaysoError as error:
        print(f"sayso: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        print("sayso: interrupted; what was stored is safe", file=sys.stderr)
        sys.exit(130)


def _standard_input() -> str:
    body = sys.stdin.buffer.read()
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableReport(
            "not UTF-8 text", "standard input", "save it as a file and name that"
        ) from error


def _annotation_fields(annotations: Any) -> dict[str, Any]:
    names = ("timexes", "mentions", "attributions", "events", "citations", "warnings")
    return {name: getattr(annotations, name) for name in names}


def _print_summary(summary: Summary, case: Path, as_json: bool) -> None:
    import msgspec

    if as_json:
        print(msgspec.json.encode(summary).decode())
        return
    print(
        f"{summary.reports} reports ({summary.new_reports} new), {summary.attributions} attributions, "
        f"{summary.claims} claims, {summary.origins} independent origins, "
        f"{summary.contradictions} contradictions, {summary.failures} failures"
    )
    if summary.failures:
        print(f"sayso: some inputs could not be read; see: sayso show {case} failures", file=sys.stderr)


@contextmanager
def _progress() -> Generator[Callable[[str, int, int | None], None]]:
    """Show a progress bar on a terminal's stderr; elsewhere say nothing."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bars:
        tasks: dict[str, Any] = {}

        def tell(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield tell


if __name__ == "__main__":
    main()
