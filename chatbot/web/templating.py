"""HTML from templates; every value is escaped unless a template builds markup itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from chatbot.messages import DEFAULT_LANGUAGE, LANGUAGES, Messages, messages_for

FOLDER = Path(__file__).parent / "templates"


class Templates:
    """The templates of `templates/` with what all of them use."""

    def __init__(self, assets_path: Callable[[str], str]) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        # Vietnamese stays readable in JSON; what could end a script element is still escaped.
        self._environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
        self._environment.globals["asset"] = assets_path
        self._environment.filters["day"] = day
        self._environment.filters["unbroken"] = unbroken
        self._environment.filters["source_link"] = source_link

    def render(self, name: str, language: str, base: str, values: Mapping[str, Any]) -> str:
        """Fill a template.

        Args:
            name: File name of the template.
            language: Code of the language the words come in.
            base: Path the server is reached under, "" at the root of a host.
            values: What the template shows.
        """
        words: Messages = messages_for(language)
        return self._environment.get_template(name).render(
            words=words,
            base=base,
            languages=LANGUAGES,
            suffix="" if language == DEFAULT_LANGUAGE else f"?lang={language}",
            chat_address=chat_address(language),
            **values,
        )

    def page(
        self, request: Request, name: str, values: Mapping[str, Any], status: int = 200
    ) -> HTMLResponse:
        """Answer a request with a filled template."""
        language = messages_for(request.query_params.get("lang")).language
        html = self.render(name, language, base_of(request), {"framed": False, **values})
        return HTMLResponse(html, status_code=status)


def chat_address(language: str) -> str:
    """Return where the chat of a language lives, below the address of the server."""
    return "/" if language == DEFAULT_LANGUAGE else f"/{language}/"


def base_of(request: Request) -> str:
    """Return the path the server is reached under, without a slash at its end."""
    return str(request.scope.get("root_path", "")).rstrip("/")


def switch_address(request: Request, words: Messages) -> str:
    """Return the address of this page in the other language."""
    query = request.url.remove_query_params("lang")
    if words.other_language != DEFAULT_LANGUAGE:
        query = query.include_query_params(lang=words.other_language)
    return f"{query.path}?{query.query}" if query.query else query.path


def source_link(url: str, suffix: str, highlights: Sequence[tuple[int, int]] = ()) -> str:
    """Return a permalink with the language and the marked words of a quotation added.

    The words are offsets into the quotation, "12-40.60-72"; static/source.js marks them.
    """
    page, _, fragment = url.partition("#")
    query = [suffix.removeprefix("?")] if suffix else []
    if highlights:
        query.append("danh-dau=" + ".".join(f"{start}-{end}" for start, end in highlights))
    return page + ("?" + "&".join(query) if query else "") + (f"#{fragment}" if fragment else "")


def unbroken(text: str, number: str) -> Markup:
    """Return `text` escaped, with a document number in it kept on one line: not "NĐ-" / "CP"."""
    before, found, after = text.rpartition(number) if number else (text, "", "")
    held = Markup('<span class="unbroken">{}</span>').format(found) if found else Markup()
    return escape(before) + held + escape(after)


def day(value: date) -> str:
    """Print a date as Vietnamese readers write it: 23/10/2024."""
    return f"{value.day:02d}/{value.month:02d}/{value.year}"
