"""Our own style sheets, scripts and typeface, served under an address that names their content."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import Response

from chatbot.web.problems import Problem, words_of

FOLDER = Path(__file__).parent / "static"
KINDS = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
}
FOREVER = "public, max-age=31536000, immutable"
BRIEFLY = "public, max-age=60"


class Assets:
    """The files of `static/`, read once, and the version that their address carries."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._files = {
            path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()
        }
        digest = sha256()
        for name, content in self._files.items():
            digest.update(name.encode() + b"\0" + content)
        self.version = digest.hexdigest()[:12]

    def path(self, name: str) -> str:
        """Return the address of a file, without the prefix the server is reached under."""
        if name not in self._files:
            raise KeyError(f"no static file {name!r}; there are {sorted(self._files)}")
        return f"/ui/{self.version}/{name}"

    def router(self) -> APIRouter:
        """Return the routes that serve the files."""
        router = APIRouter()

        @router.get("/ui/{version}/{name}", include_in_schema=False)
        async def serve(request: Request, version: str, name: str) -> Response:
            content = self._files.get(name)
            if content is None:
                raise Problem(404, "not_found", words_of(request).page_not_found)
            return Response(
                content,
                media_type=KINDS[Path(name).suffix],
                headers={"Cache-Control": FOREVER if version == self.version else BRIEFLY},
            )

        return router
