"""The documents of a run as a report may show them: whole, and without their credentials."""

from dataclasses import replace

from pmlint.engine.configure import Configurations
from pmlint.engine.files import UnreadableError, decode, read
from pmlint.engine.finding import Checked, Run
from pmlint.engine.hide import hidden
from pmlint.engine.narrow import settings_of
from pmlint.engine.results import digest


def with_texts(run: Run, configurations: Configurations) -> Run:
    """The run with the text of every document that has findings, as far as it is still what was checked."""
    return replace(run, documents=tuple(_with_text(document, configurations) for document in run.documents))


def _with_text(document: Checked, configurations: Configurations) -> Checked:
    if not document.findings or document.content is None or document.secrets is None:
        return document
    megabytes = settings_of(document, configurations).max_megabytes
    try:
        data = read(document.path, megabytes)
        # where it was rewritten meanwhile, no place of a finding or of a credential holds any more
        text = decode(data, megabytes) if digest(data) == document.content else None
    except UnreadableError:
        return document
    return document if text is None else replace(document, text=hidden(text, document.secrets))
