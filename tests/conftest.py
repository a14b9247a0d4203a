"""What holds for all tests."""

import pytest
from hypothesis import HealthCheck, settings

# the tests of a sample package run where it is installed
collect_ignore = ["packages"]

# How long an example takes says more about what else the machine does.
settings.register_profile("no clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no clock")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command keeps results between runs; no test may see those of another, nor of the person who runs it."""
    monkeypatch.setenv("PMLINT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
