"""What holds for all tests."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The command keeps results between runs; those of tests must not mix with those of the person who runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PMLINT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield
