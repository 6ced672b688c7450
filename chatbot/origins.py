"""Who may show the chat on their pages: a list of web origins.

An entry is an exact origin ("https://www.example.vn", "http://localhost:3000") or every host
below a name ("https://*.example.vn"). Without a scheme, https is meant. The same list is given
to the browser (`frame-ancestors`), so an entry means here what it means there: a name with a
star does not stand for the name itself, and a port that is not named is the scheme's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from corpus.errors import InputError

DEFAULT_PORTS = {"http": 80, "https": 443}
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_ENTRY = re.compile(
    rf"(?:(?P<scheme>https?)://)?(?P<star>\*\.)?"
    rf"(?P<host>{_LABEL}(?:\.{_LABEL})*|\[[0-9a-f:]+\])(?::(?P<port>\d{{1,5}}))?/?"
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port, as browsers compare them."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        """Print the origin as browsers do: without the scheme's own port."""
        port = "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}"


@dataclass(frozen=True, slots=True)
class Allowed:
    """One entry of the list."""

    origin: Origin
    below: bool  # every host below the name, not the name itself

    def __str__(self) -> str:
        """Print the entry as a source of a Content-Security-Policy."""
        return str(self.origin).replace("://", "://*.", 1) if self.below else str(self.origin)

    def covers(self, origin: Origin) -> bool:
        """Whether an origin is meant by this entry."""
        mine = self.origin
        if (mine.scheme, mine.port) != (origin.scheme, origin.port):
            return False
        return origin.host.endswith("." + mine.host) if self.below else origin.host == mine.host


class Origins:
    """The list."""

    def __init__(self, entries: Iterable[str]) -> None:
        """Read the entries; raises InputError that names the first one that cannot be meant."""
        self._allowed = tuple(dict.fromkeys(read_entry(entry) for entry in entries))

    @property
    def sources(self) -> tuple[str, ...]:
        """The entries as sources of a Content-Security-Policy."""
        return tuple(map(str, self._allowed))

    def __contains__(self, origin: object) -> bool:
        """Whether an origin, a value or as browsers print it, is on the list."""
        read = read_origin(origin) if isinstance(origin, str) else origin
        return isinstance(read, Origin) and any(entry.covers(read) for entry in self._allowed)


def read_origin(text: str) -> Origin | None:
    """Return the origin of an address such as a `Referer`; `None` for "null" and what is none."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return Origin(parts.scheme, host, port or DEFAULT_PORTS[parts.scheme])


def read_entry(text: str) -> Allowed:
    """Read one entry of the list.

    Raises:
        InputError: Not an origin; or a star that stands for more than one owner's hosts.
    """
    expected = f"{text!r}: expected an origin, like https://www.example.vn or *.example.vn"
    found = _ENTRY.fullmatch(text.strip().lower())
    if not found:
        raise InputError(expected + ' (no path; other alphabets in their "xn--" form)')
    host, below = found["host"], bool(found["star"])
    if below and "." not in host:
        raise InputError(f"{expected}; *.{host} would allow everyone's sites")
    scheme = found["scheme"] or "https"
    port = int(found["port"] or DEFAULT_PORTS[scheme])
    if not 1 <= port <= 65535:
        raise InputError(f"{expected}; there is no port {port}")
    return Allowed(Origin(scheme, host, port), below)
