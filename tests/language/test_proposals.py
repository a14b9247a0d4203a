"""What the transformer proposes is kept or turned down by the parse; its answer is given by hand here."""

import pytest

import pmlint
from pmlint.language.agents import People
from pmlint.language.judge import Context, judge
from pmlint.language.meaning import KINDS, Meaning
from pmlint.language.pipeline import parse_all


def judged(sentence: str, kind: str, likely: float, *, length: int = 1, section: str = "") -> list[str]:
    """The words of each judgement on a sentence that the transformer holds for `likely` blame of one kind."""
    kinds = tuple(1 - likely if each == "innocent" else likely * (each == kind) for each in KINDS)
    context = Context(
        sections=frozenset({section}), length=length, meaning=Meaning(kinds, 0, len(sentence.rstrip(".?")))
    )
    (doc,) = parse_all([sentence])
    return [sentence[found.start : found.end] for found in judge(doc, context)]


@pytest.mark.parametrize(
    ("sentence", "kind", "likely"),
    [
        pytest.param("The readings were taken without the needed thoroughness.", "euphemism", 0.97, id="care-denied"),
        pytest.param("It was an idea that nobody in their right mind has.", "judgement", 0.97, id="nobody-in-passing"),
        pytest.param("We only looked at the first page of it.", "we", 0.6, id="ours-and-amiss"),
        pytest.param("The agent closes the ticket as solved.", "person", 0.999, id="certain-of-an-agent"),
        pytest.param("Marisol had gone through the northbound half.", "person", 0.75, id="somebody-named"),
        pytest.param("One look at the page might have saved the week.", "counterfactual", 0.99, id="nobody-named"),
        pytest.param("It is essential to read the page twice.", "prescriptive_lesson", 0.97, id="lesson-to-do"),
        pytest.param("The technician, believing it was the spare, cut it.", "person", 0.97, id="belief"),
        pytest.param("The hostmaster should have been awake.", "counterfactual", 0.97, id="somebody-should-have-been"),
        pytest.param(
            "The agent closes it without comparing the two.", "person", 0.999, id="certain-of-an-agent-without"
        ),
        pytest.param("Give every new engineer a lesson.", "person_action", 0.97, id="lesson-as-a-gift"),
        pytest.param("Did the clerk even look?", "person", 0.97, id="asked-in-scorn"),
        pytest.param("A clerk dropped what she had to keep.", "person", 0.97, id="somebody-that-night"),
        pytest.param("None of this was ours to prevent.", "defensive", 0.97, id="defence"),
        pytest.param("A second look at each page is vital.", "prescriptive_lesson", 0.97, id="lesson-of-a-need"),
        pytest.param("They arrived without having opened it.", "person", 0.97, id="without-having"),
        pytest.param("The answer is that the planner copied it.", "person", 0.97, id="said-by-a-thing"),
        pytest.param("Anyone could have run it for a day.", "counterfactual", 0.999, id="certain-of-anyone"),
        pytest.param("The clerk was asked to close it and closed it.", "person", 0.999, id="certain-as-asked"),
    ],
)
def test_what_is_proposed_is_kept(sentence: str, kind: str, likely: float) -> None:
    assert len(judged(sentence, kind, likely)) == 1


@pytest.mark.parametrize(
    ("sentence", "kind", "likely"),
    [
        pytest.param("It was not a lack of attention.", "euphemism", 0.97, id="lack-denied"),
        pytest.param("Nobody acted carelessly that night.", "judgement", 0.97, id="nobody-acted"),
        pytest.param("What if you threw money onto the desk?", "counterfactual", 0.97, id="what-if"),
        pytest.param("We had shut down one of the test hosts.", "we", 0.6, id="ours-as-it-happened"),
        pytest.param("The failover controller did not wait for it.", "person", 0.9, id="machine"),
        pytest.param("A customer had typed it twice.", "person", 0.8, id="customer"),
        pytest.param("The company was hacked on Monday.", "person", 0.7, id="nobody-is-seen"),
        pytest.param("He proceeded to solve the problem.", "person", 0.7, id="everyday-deed"),
        pytest.param("Marisol took the northbound half, as agreed with the yard.", "person", 0.75, id="as-agreed"),
        pytest.param("It would be easy to call this human error.", "human_error", 0.97, id="only-easy-to-say"),
        pytest.param("The label of operator error was withdrawn.", "human_error", 0.97, id="label-withdrawn"),
        pytest.param("The driver inadvertently swapped two rows.", "inadvertence", 0.9, id="unmeant-by-a-thing"),
        pytest.param("Had the folder shown the date, it would be known.", "counterfactual", 0.9, id="had-a-thing"),
        pytest.param("The crew acted in accordance with the rules.", "euphemism", 0.8, id="by-the-book"),
        pytest.param("A lack of care cannot be established.", "euphemism", 0.97, id="lack-not-established"),
        pytest.param("Neither of them could have known it.", "person", 0.8, id="out-of-reach-for-all"),
        pytest.param("Had the clerk not asked, it would be gone.", "counterfactual", 0.8, id="luck"),
        pytest.param("The clerk, not having been given the code, left.", "person", 0.8, id="left-without-it"),
        pytest.param("Gustav's author left the company in 2020.", "person", 0.8, id="left-the-company"),
        pytest.param("The retry should have been idempotent.", "counterfactual", 0.97, id="spec"),
        pytest.param("The lock should have been released at once.", "counterfactual", 0.97, id="spec-of-a-deed"),
        pytest.param("The clerk could not have seen it.", "counterfactual", 0.8, id="not-able"),
        pytest.param("Anyone could have pressed it.", "counterfactual", 0.8, id="anyone"),
        pytest.param("Whoever reads this will look in the network.", "defensive", 0.8, id="whoever-reads-it"),
        pytest.param("Blame would have kept Ana from telling us.", "counterfactual", 0.97, id="about-blame"),
        pytest.param("The load balancer made a poor decision.", "judgement", 0.99, id="judged-machine"),
        pytest.param("The old controller insisted on the first node.", "person", 0.99, id="machine-insists"),
        pytest.param("The outage was not the fault of the clerk.", "person", 0.97, id="not-the-fault-of"),
        pytest.param("The clerk was not careless.", "person", 0.97, id="not-careless"),
        pytest.param("The team was asked to hold off and held off.", "team", 0.8, id="as-asked"),
        pytest.param("The lead handed it over without losing a minute.", "person", 0.97, id="without-a-loss"),
        pytest.param("The clerk had every reason to trust it.", "person", 0.8, id="every-reason"),
        pytest.param(
            "The clerk chose the first row, because the list shows one.", "person", 0.8, id="because-of-a-thing"
        ),
        pytest.param("Ask the clerks which alerts they ignore.", "exhortation", 0.8, id="asked"),
        pytest.param("Responsibility for the key lies with the team.", "euphemism", 0.97, id="held"),
        pytest.param("What looks like carelessness was a long night.", "euphemism", 0.97, id="looks-like"),
        pytest.param("A second clerk would not have seen it either.", "counterfactual", 0.8, id="nor-anybody-else"),
        pytest.param("Nothing in the ticket told the clerk about it.", "person", 0.8, id="nothing-told-them"),
        pytest.param("It was the job and not the clerk that dropped it.", "person", 0.97, id="not-the-clerk"),
        pytest.param("The clerk used the token because it had been issued.", "person", 0.8, id="because-it-had-been"),
        pytest.param("We had run it eleven times without trouble.", "we", 0.8, id="without-trouble"),
        pytest.param("Understaffed night shift.", "judgement", 0.8, id="staffing"),
        pytest.param("Give every new engineer a sandbox.", "person_action", 0.8, id="gift"),
        pytest.param("Was it the fault of the clerk?", "person", 0.97, id="asked-openly"),
        pytest.param("A clerk cannot be expected to see one letter.", "person", 0.8, id="not-to-be-expected"),
        pytest.param("A tired person reads what she expects.", "person", 0.8, id="anybody-at-any-time"),
        pytest.param("This could have happened to anyone.", "counterfactual", 0.8, id="could-happen-to-anyone"),
        pytest.param("The engineer followed the runbook to the letter.", "person", 0.8, id="followed-the-runbook"),
        pytest.param("By design, the second request should have waited.", "counterfactual", 0.97, id="by-design"),
        pytest.param("The robot arm's mistake was to take a shadow.", "human_error", 0.97, id="mistake-of-a-thing"),
        pytest.param("We measure what we have been hurt by.", "defensive", 0.8, id="no-defence"),
        pytest.param("The clerk had copied it from a slide.", "person", 0.8, id="copied"),
        pytest.param("Stop paging people for this.", "exhortation", 0.9, id="stop-paging"),
        pytest.param("One big host is no good fit for it.", "prescriptive_lesson", 0.97, id="lesson-about-a-thing"),
        pytest.param("Some of the machines need local attention.", "exhortation", 0.8, id="waits-for-a-hand"),
        pytest.param("Details were intentionally left out of this.", "judgement", 0.8, id="on-purpose"),
        pytest.param("Things broke without us changing anything.", "we", 0.97, id="without-our-doing-it"),
    ],
)
def test_what_is_proposed_is_turned_down(sentence: str, kind: str, likely: float) -> None:
    assert judged(sentence, kind, likely) == []


def test_in_a_long_document_it_has_to_be_surer() -> None:
    found = [
        bool(judged("Marisol had gone through the northbound half.", "person", 0.9, length=length))
        for length in (1, 8, 80)
    ]

    assert found == [True, True, False]


def test_a_clause_begins_with_its_own_words() -> None:
    assert judged("So the vendor wrongly deleted the rows.", "team", 0.9) == ["the vendor wrongly deleted the rows"]


@pytest.mark.parametrize(
    ("sentence", "suggested"),
    [
        pytest.param("The engineer did not check the `--region` flag.", 'check the --region flag"', id="code"),
        pytest.param(
            "The engineer did not check the flag during the first move of the accounts from the old host in Oslo to "
            "the new one in Bergen.",
            'check the flag"',
            id="too long to be said again",
        ),
    ],
)
def test_what_is_suggested(sentence: str, suggested: str) -> None:
    text = f"# Mail was late\n\n## Root cause\n\n{sentence}\n"

    (found,) = [each for each in pmlint.check(text, "postmortem.md").findings if each.rule == "person-as-cause"]

    assert found.message.endswith(f'for example "no step of the process was there to {suggested}')


@pytest.mark.parametrize(
    ("document", "thing"),
    [
        ('The disk of the node "Marvin" was full.', True),
        ("Renewals are done by a bot named Marvin.", True),
        ("Renewals are done by Marvin, a bot from 2018.", True),
        ("Marvin's disk was full.", True),
        ("Marvin, the front-end daemon, was full.", True),
        ("Our deploy bot Marvin was down.", True),
        ("Marvin heard of nothing, being a cron job.", True),
        ("The node was restarted by Marvin.", False),
        ("The script Marvin ran was old.", False),
        ("Marvin's laptop was on.", False),
    ],
)
def test_a_thing_may_be_named_as_a_person_is(document: str, thing: bool) -> None:
    assert People(text=document).is_thing("Marvin") == thing
