"""Paths as other programs expect to read them."""

import re
from urllib.parse import quote

_DRIVE = re.compile(r"[A-Za-z]:/")


def relative(path: str) -> str:
    """`path` without a leading `./`, which services that compare paths would take for another file."""
    while path.startswith("./"):
        path = path[2:].lstrip("/")
    return path


def uri(path: str) -> str:
    """A relative reference, or a `file:` URI where the path is absolute; percent-encoded."""
    path = relative(path)
    # a name that is not UTF-8 arrives as lone surrogates that stand for its bytes
    data = path.encode("utf-8", "surrogateescape" if _decodable(path) else "surrogatepass")
    if path.startswith("//"):
        return "file:" + quote(data)
    if path.startswith("/"):
        return "file://" + quote(data)
    if _DRIVE.match(path):
        return "file:///" + quote(data, safe="/:")
    return quote(data)


def _decodable(path: str) -> bool:
    return not re.search("[\ud800-\udc7f\udd00-\udfff]", path)
