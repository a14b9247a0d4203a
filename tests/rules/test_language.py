"""Language: phrases that judge, and their nearest innocent neighbours."""

import pytest

from pmlint.rules.catalogue import catalogue
from pmlint.rules.examples import run_one


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        pytest.param("judgemental-language", "It was sloppy work.", ["sloppy"], id="sloppy"),
        pytest.param("judgemental-language", "The module is loaded lazily, a lazy import.", [], id="lazy-loading"),
        pytest.param("judgemental-language", "Nobody was careless here.", [], id="negated"),
        pytest.param("judgemental-language", "The load was negligible.", [], id="negligible"),
        pytest.param("judgemental-language", 'A user wrote "what incompetent people".', [], id="quoted"),
        pytest.param(
            "punitive-language", "The engineer was reprimanded.", ["engineer was reprimanded"], id="reprimand"
        ),
        pytest.param("punitive-language", "The alert fired and the pod was terminated.", [], id="systems"),
        pytest.param("punitive-language", "Nobody will be punished for this.", [], id="promise"),
        pytest.param("defensive-language", "This was not our fault.", ["not our fault"], id="not-our-fault"),
        pytest.param("defensive-language", "The page fault was not handled.", [], id="page-fault"),
        pytest.param("loaded-word", "A terrible evening.", ["terrible"], id="terrible"),
        pytest.param("loaded-word", "The disaster recovery plan worked.", [], id="disaster-recovery"),
        pytest.param("loaded-word", "The gateway answered with 502 Bad Gateway.", [], id="bad-gateway"),
        pytest.param("who-question", "Who approved this change?", ["Who approved this change?"], id="who-did"),
        pytest.param("who-question", "Who is on call at night?", [], id="who-is-on-call"),
        pytest.param("human-error-euphemism", "Due to a lack of diligence.", ["lack of diligence"], id="diligence"),
        pytest.param("human-error-euphemism", "Due to a lack of disk space.", [], id="disk-space"),
    ],
)
def test_a_phrase_is_found_and_its_neighbour_is_not(rule: str, text: str, expected: list[str]) -> None:
    document = f"# Search was down\n\n## Root cause\n\n{text}\n"

    assert expected == [document[slice(*problem.span)] for problem in run_one(catalogue()[rule], document)]


@pytest.mark.parametrize(
    ("lesson", "expected"),
    [
        pytest.param("We must test more.", ["We must test more"], id="must"),
        pytest.param("The team should know the plan.", ["The team should know the plan"], id="should"),
        pytest.param("Ensure backups exist.", ["Ensure backups exist"], id="command"),
        pytest.param("We learned that backups should be tested.", [], id="learned"),
        pytest.param("The alert that should page was never loaded.", [], id="should-of-a-thing"),
        pytest.param("A canary would have shown it; it should have been there.", [], id="hindsight"),
        pytest.param("Clients don't need to retry at once.", [], id="no-need"),
        pytest.param("Restores are slow: six hours for one shard.", [], id="fact"),
    ],
)
def test_a_lesson_says_what_was_learned(lesson: str, expected: list[str]) -> None:
    document = f"# Search was down\n\n## Lessons learned\n\n- {lesson}\n"

    assert expected == [
        document[slice(*problem.span)] for problem in run_one(catalogue()["prescriptive-lesson"], document)
    ]
