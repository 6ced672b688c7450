"""Command line: reads the settings, builds the parts once, runs one command.

Exit codes: 0 done; 1 asked and nothing found; 2 bad usage or input; 3 the system is not able.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chatbot.settings import Settings, as_table, read_settings
from corpus.errors import HoiLuatError, InputError, UnavailableError

if TYPE_CHECKING:
    from chatbot.assembly import Assembly
    from chatbot.progress import ProgressBars

DONE, NOTHING_FOUND, BAD_INPUT, NOT_ABLE = 0, 1, 2, 3
SETTINGS_FILE = Path("hoi-luat.toml")  # read when it exists and --config names no other


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # Vietnamese prints in any locale
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        settings = _settings(options)
        if options.show_config:
            _print_json(as_table(settings))
            return DONE
        from chatbot.assembly import Assembly

        code: int = options.run(Assembly(settings), options)
    except InputError as error:
        print(f"error: {error}", file=sys.stderr)
        return BAD_INPUT
    except UnavailableError as error:
        print(f"error: {error}", file=sys.stderr)
        return NOT_ABLE
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return code


# --- commands ---------------------------------------------------------------------------------


def serve(parts: Assembly, options: argparse.Namespace) -> int:
    """Start the web server; returns when it is stopped."""
    from chatbot.web.running import run_server

    run_server(parts)
    return DONE


def ask(parts: Assembly, options: argparse.Namespace) -> int:
    """Answer one question."""
    from chatbot.answers import AnswerStatus
    from chatbot.plain import as_plain_text

    answer = parts.chatbot.ask(
        options.question, document_id=options.document, as_typed=options.as_typed
    )
    if options.json:
        _print_json(answer.to_json())
    else:
        print(as_plain_text(answer))
    return {
        AnswerStatus.ANSWERED: DONE,
        AnswerStatus.NOT_FOUND: NOTHING_FOUND,
        AnswerStatus.UNAVAILABLE: NOT_ABLE,
    }[answer.status]


def index(parts: Assembly, options: argparse.Namespace) -> int:
    """Bring the saved index up to date with library, model and format."""
    if parts.update_index(force=options.force):
        print("index: built")
    return DONE


def parse(parts: Assembly, options: argparse.Namespace) -> int:
    """Show what is recognised in a document, without loading it."""
    from chatbot.loading import read_document
    from corpus.serialising import document_to_json

    with _bars() as bars:
        reading = read_document(
            options.file, pages=lambda done, total: bars.pages(options.file.name, done, total)
        )
    if options.json:
        _print_json({**document_to_json(reading.document), "report": reading.report.to_json()})
    else:
        print(reading.report)
    return DONE


def load(parts: Assembly, options: argparse.Namespace) -> int:
    """Add documents to the library, or replace those of the same numbers."""
    from dataclasses import replace

    from chatbot.loading import Facts, Loading, read_status

    facts = read_status(options.status) if options.status else Facts()
    facts = replace(facts, number=options.number, title=options.title)
    with _bars() as bars:
        outcome = Loading(parts, pages=bars.pages, embedding=bars.embedding).load(
            options.files,
            facts,
            force=options.force,
            dry_run=options.dry_run,
            correction=options.correction,
        )
    if options.json:
        documents = [one.to_json() for one in outcome.loaded]
        _print_json(
            {
                "documents": documents,
                "embedded": outcome.embedded,
                "earlier": list(outcome.earlier),
            }
        )
        return DONE
    for one in outcome.loaded:
        print(one.reading.report)
        if one.comparison:
            print(f"{'replaced:':<12}{one.comparison}")
        print()
    names = ", ".join(one.reading.document.metadata.number for one in outcome.loaded)
    said = "would load" if options.dry_run else "loaded"
    print(f"{said}: {names}; {outcome.embedded} texts embedded")
    for version in outcome.earlier:
        print(f"what was replaced can still be read, as {version}")
    return DONE


def remove(parts: Assembly, options: argparse.Namespace) -> int:
    """Take a document out of the library."""
    from chatbot.loading import Loading

    with _bars() as bars:
        document = Loading(parts, embedding=bars.embedding).remove(options.document)
    if options.json:
        _print_json({"removed": document.id, "number": document.metadata.number})
    else:
        print(f"removed: {document.metadata.number} ({document.id})")
    return DONE


def status(parts: Assembly, options: argparse.Namespace) -> int:
    """State whether a loaded document is in force, or what amends it."""
    from chatbot.loading import Loading, read_status
    from corpus.serialising import metadata_to_json

    with _bars() as bars:
        loading = Loading(parts, embedding=bars.embedding)
        document = loading.set_status(options.document, read_status(options.status))
    if options.json:
        _print_json({"id": document.id, **metadata_to_json(document.metadata)})
    else:
        facts = document.metadata
        amended = f"; amended by {', '.join(facts.amended_by)}" if facts.amended_by else ""
        print(f"{facts.number}: {facts.status.value if facts.status else 'unknown'}{amended}")
    return DONE


def documents(parts: Assembly, options: argparse.Namespace) -> int:
    """List the library."""
    rows = [
        {
            "id": document.id,
            "number": document.metadata.number,
            "title": document.metadata.title,
            "status": document.metadata.status.value if document.metadata.status else None,
            "amended_by": list(document.metadata.amended_by),
            "clauses": len(parts.library.clauses_of[document.id]),
            "earlier": [
                {"id": one.document.id, "replaced": one.replaced.isoformat()}
                for one in parts.library.earlier_of(document.id)
            ],
        }
        for document in parts.library.documents.values()
    ]
    if options.json:
        _print_json(rows)
    else:
        for row in rows:
            known = f"  [{row['status']}]" if row["status"] else ""
            print(f"{row['id']}  {row['number']}  {row['clauses']} clauses  {row['title']}{known}")
            for one in parts.library.earlier_of(str(row["id"])):
                print(f"  {one.document.id}  earlier text, replaced {one.replaced}")
    return DONE


def questions(parts: Assembly, options: argparse.Namespace) -> int:
    """List, add, remove or clear the example questions an operator wrote for loaded documents."""
    from chatbot.example_questions import ExampleQuestions
    from corpus.questions import write_questions

    with _bars() as bars:
        examples = ExampleQuestions(parts, embedding=bars.embedding)
        change, said = None, ""
        if options.add:
            change, said = examples.add_file(options.add, options.document), "added"
        elif options.remove is not None:
            if not options.document:
                raise InputError("--remove needs --document, which names whose question it is")
            change, said = examples.take_away(options.document, options.remove), "removed"
        elif options.clear:
            change, said = examples.clear(options.clear), "cleared"
    if change is None:
        for document, asked in examples.added().items():
            print(write_questions(asked, document), end="")
        return DONE
    names = ", ".join(document.metadata.number for document in change.documents)
    print(f"{said}: {change.questions} questions, {names}; {change.embedded} texts embedded")
    return DONE


def refused(parts: Assembly, options: argparse.Namespace) -> int:
    """List the questions nobody got an answer to, most frequent first."""
    from chatbot.refusals import RefusalLog

    settings = parts.settings
    try:
        found = RefusalLog(settings.refused_file).read()
    except OSError as error:
        raise UnavailableError(f"{settings.refused_file} cannot be read: {error}") from error
    if options.json:
        _print_json([one.to_json() for one in found])
        return DONE
    for one in found:
        print(f"{one.times:>5}  {one.last}  {one.question}  [{one.nearest or 'nothing near'}]")
    if not found and not settings.log_refused:
        print("nothing is kept: the setting log_refused is off", file=sys.stderr)
    return DONE


def evaluate(parts: Assembly, options: argparse.Namespace) -> int:
    """Print retrieval metrics for a file of questions."""
    from chatbot.asking import Chatbot
    from chatbot.evaluation import evaluate as measure
    from chatbot.evaluation import read_questions
    from corpus.articles import read_corpus

    questions = read_questions(options.questions)
    chatbot = parts.chatbot
    if options.corpus:
        corpus = read_corpus(options.corpus)
        index = parts.index_of(corpus)
        chatbot = Chatbot(corpus, lambda: index)
    report = measure(chatbot, questions)
    if options.json:
        _print_json(report.to_json())
    else:
        print(report)
    return DONE


def doctor(parts: Assembly, options: argparse.Namespace) -> int:
    """Check model, library and index; say what to do about each trouble."""
    checks: list[tuple[str, Callable[[], str]]] = [
        ("library", parts.describe_library),
        ("model", parts.describe_encoder),
        ("index", parts.describe_index),
        ("decision", parts.describe_decision),
    ]
    fine = True
    for name, describe in checks:
        try:
            print(f"ok    {name}: {describe()}")
        except HoiLuatError as error:
            fine = False
            print(f"error {name}: {error}")
    return DONE if fine else NOT_ABLE


# --- plumbing ---------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--data-dir",
        type=Path,
        default=argparse.SUPPRESS,
        help="folder of library and index (setting data_dir)",
    )
    common.add_argument(
        "--config",
        type=Path,
        default=argparse.SUPPRESS,
        help=f"TOML settings file (default: {SETTINGS_FILE} if it exists)",
    )
    common.add_argument(
        "--show-config",
        action="store_true",
        default=argparse.SUPPRESS,
        help="print the settings in force and stop",
    )
    web = argparse.ArgumentParser(add_help=False)
    web.add_argument("--host", default=argparse.SUPPRESS, help="address to listen on")
    web.add_argument(
        "--port", type=int, default=argparse.SUPPRESS, help="port to listen on; 0 picks a free one"
    )
    parser = argparse.ArgumentParser(
        prog="app.py",
        parents=[common, web],
        description="Ask Vietnamese law in everyday words; get the exact clause, word for word.",
    )
    parser.set_defaults(run=serve, data_dir=None, config=None, show_config=False)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def command(
        run: Callable[[Assembly, argparse.Namespace], int],
        *parents: argparse.ArgumentParser,
    ) -> argparse.ArgumentParser:
        description = (run.__doc__ or "").strip()
        sub = commands.add_parser(
            run.__name__, parents=[common, *parents], help=description, description=description
        )
        sub.set_defaults(run=run)
        return sub

    json_option = argparse.ArgumentParser(add_help=False)
    json_option.add_argument("--json", action="store_true", help="print JSON")

    command(serve, web)
    sub = command(ask, json_option)
    sub.add_argument("question")
    sub.add_argument("--document", metavar="ID", help="ask this document only")
    sub.add_argument(
        "--as-typed", action="store_true", help="restore no marks and spell out no abbreviations"
    )
    sub = command(index)
    sub.add_argument("--force", action="store_true", help="build even if up to date")
    sub = command(parse, json_option)
    sub.add_argument("file", type=Path)
    statuses = '"còn hiệu lực", "hết hiệu lực", "sửa đổi bởi NUMBER", …'
    sub = command(load, json_option)
    sub.add_argument("files", type=Path, nargs="+", metavar="FILE")
    sub.add_argument("--number", help="number of the document, where its text does not give it")
    sub.add_argument("--title", help="title of the document")
    sub.add_argument("--status", help=statuses)
    sub.add_argument("--force", action="store_true", help="load although the sequence is broken")
    sub.add_argument(
        "--correction", action="store_true", help="do not keep the replaced text: it was wrong"
    )
    sub.add_argument("--dry-run", action="store_true", help="show what would happen, store nothing")
    sub = command(remove, json_option)
    sub.add_argument(
        "document", metavar="NUMBER|ID", help="with @… from `documents`, one earlier text only"
    )
    sub = command(status, json_option)
    sub.add_argument("document", metavar="NUMBER|ID")
    sub.add_argument("status", metavar="STATUS", help=statuses)
    command(documents, json_option)
    sub = command(questions)
    change = sub.add_mutually_exclusive_group()
    change.add_argument("--add", type=Path, metavar="FILE", help="JSON lines; see docs/operate.md")
    change.add_argument("--remove", metavar="TEXT", help="take away one question of --document")
    change.add_argument("--clear", metavar="NUMBER|ID", help="take away those of a document")
    sub.add_argument("--document", metavar="NUMBER|ID", help="whose the lines of FILE are, or TEXT")
    command(refused, json_option)
    sub = command(evaluate, json_option)
    sub.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl")
    sub.add_argument("--corpus", type=Path, metavar="CORPUS.jsonl[.gz]")
    command(doctor)
    return parser


def _bars() -> ProgressBars:
    from chatbot.progress import ProgressBars

    return ProgressBars()


def _settings(options: argparse.Namespace) -> Settings:
    given = vars(options)
    overrides = {
        name: given[name] for name in ("data_dir", "host", "port") if given.get(name) is not None
    }
    file = options.config or (SETTINGS_FILE if SETTINGS_FILE.exists() else None)
    return read_settings(os.environ, file, overrides)


def _print_json(value: Any) -> None:  # noqa: ANN401 - anything JSON can hold
    print(json.dumps(value, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    raise SystemExit(main())
