"""Writes a file all at once: whoever reads it meanwhile sees the old one or the new one, never half of either."""

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from pmlint.engine.config_file import shown
from pmlint.engine.errors import UserError


class ChangedError(UserError):
    """Somebody else wrote the file while it was worked on."""


def write_whole(file: Path, data: bytes, *, instead_of: bytes | None = None) -> None:
    """Replace what `file` holds; its permissions stay, and where it is a link, the file that it leads to is meant.

    One that may only be read is left as it is, and so is one that no longer holds what it should be written
    `instead_of`.
    """
    target = Path(os.path.realpath(file))
    try:
        status = target.stat() if target.exists() else None
        if status is not None and not os.access(target, os.W_OK):
            # it could be replaced all the same where its folder may be written to
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        mode = 0o666 & ~_umask() if status is None else status.st_mode & 0o7777
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".new")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            if status is not None:
                _give(name, status)
            os.chmod(name, mode)  # noqa: PTH101 - a name as tempfile gives it
            if instead_of is not None and target.read_bytes() != instead_of:
                raise ChangedError(f"'{shown(file)}' was changed meanwhile, so it was left as it is; run it again")
            os.replace(name, target)  # noqa: PTH105
        except BaseException:
            with suppress(OSError):
                os.unlink(name)  # noqa: PTH108
            raise
    except OSError as problem:
        raise UserError(f"cannot write '{shown(file)}': {problem.strerror or problem}") from None


def _give(name: str, status: os.stat_result) -> None:
    """To the owner that the file has had, as far as that is allowed: who runs this in a container is often root."""
    if hasattr(os, "chown") and (status.st_uid, status.st_gid) != (os.geteuid(), os.getegid()):
        with suppress(OSError):
            os.chown(name, status.st_uid, status.st_gid)


def _umask() -> int:
    # it can be read only by setting it
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
