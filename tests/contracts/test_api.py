"""The names that a program may rely on."""

import pytest

import pmlint


@pytest.mark.parametrize("name", pmlint.__all__)
def test_every_public_name_is_there_and_known_to_dir(name: str) -> None:
    assert getattr(pmlint, name) is not None
    assert name in dir(pmlint)


def test_another_name_is_answered_as_python_does() -> None:
    with pytest.raises(AttributeError, match="module 'pmlint' has no attribute 'lint'"):
        _ = pmlint.lint


def test_the_readme_of_the_package_works() -> None:
    text = "# Checkout was down\n\n## Impact\n\n3,100 payments failed.\n\n## Timeline\n\n- 10:02 UTC: alert fires\n"
    checked = pmlint.check(text, "a.md", settings=pmlint.Settings(profile="strict", select=("missing-luck",)))

    assert pmlint.parse(text).timeline.events[0].text == "alert fires"
    assert [(finding.rule, finding.start.line) for finding in checked.findings] == [("missing-luck", 1)]
