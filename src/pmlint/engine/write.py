"""Writes a file all at once: whoever reads it meanwhile sees the old one or the new one, never half of either."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from pmlint.engine.config_file import shown
from pmlint.engine.errors import UserError


def write_whole(file: Path, data: bytes) -> None:
    """Replace what `file` holds; its permissions stay, and where it is a link, the file that it leads to is meant."""
    target = Path(os.path.realpath(file))
    try:
        mode = target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask()
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".new")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            os.chmod(name, mode)  # noqa: PTH101 - a name as tempfile gives it
            os.replace(name, target)  # noqa: PTH105
        except BaseException:
            with suppress(OSError):
                os.unlink(name)  # noqa: PTH108
            raise
    except OSError as problem:
        raise UserError(f"cannot write '{shown(file)}': {problem.strerror or problem}") from None


def _umask() -> int:
    # it can be read only by setting it
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
