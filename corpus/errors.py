"""The error tree of the whole project.

HoiLuatError
├── InputError             what was given cannot be used: exit code 2, HTTP 4xx
│   ├── TextError          not text: surrogates, control bytes, unreadable encoding, wrong file type
│   ├── ParseError         text without legal structure, or structure that contradicts itself
│   ├── CitationError      a citation that cannot be read
│   └── UnknownDocumentError   a document or provision that is not in the library
└── UnavailableError       the system is not able: exit code 3, HTTP 503
    ├── LibraryError       the stored library cannot be read or written
    ├── index.errors.EncoderError      the model cannot be prepared or loaded
    └── index.errors.StoredIndexError  the saved index is missing, broken or of another make

Messages are English, for operators; they name the value, what was expected and the next
step. What an end user reads is chosen in `chatbot.messages` by the error's class.
"""


class HoiLuatError(Exception):
    """Base of every error this project raises on purpose."""


class InputError(HoiLuatError):
    """What was given cannot be used."""


class TextError(InputError):
    """The input is not text we can read."""


class ParseError(InputError):
    """The text has no legal structure, or one that contradicts itself."""


class CitationError(InputError):
    """A citation that cannot be read."""


class UnknownDocumentError(InputError):
    """A document or provision that is not in the library."""


class UnavailableError(HoiLuatError):
    """The system is not able to serve."""


class LibraryError(UnavailableError):
    """The stored library cannot be read or written."""
