"""HTML from templates; every value is escaped unless a template builds markup itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from chatbot.messages import LANGUAGES, Messages, messages_for

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
        self._environment.globals["asset"] = assets_path
        self._environment.filters["day"] = day

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
            suffix="" if language == "vi" else f"?lang={language}",
            **values,
        )

    def page(
        self, request: Request, name: str, values: Mapping[str, Any], status: int = 200
    ) -> HTMLResponse:
        """Answer a request with a filled template."""
        language = messages_for(request.query_params.get("lang")).language
        html = self.render(name, language, base_of(request), {"request": request, **values})
        return HTMLResponse(html, status_code=status)


def base_of(request: Request) -> str:
    """Return the path the server is reached under, without a slash at its end."""
    return str(request.scope.get("root_path", "")).rstrip("/")


def day(value: date) -> str:
    """Print a date as Vietnamese readers write it: 23/10/2024."""
    return f"{value.day:02d}/{value.month:02d}/{value.year}"
