"""What grammar and lists decide by themselves: sentences that blame, each before its nearest innocent neighbour."""

import pytest

from pmlint.language.judge import Context, outright
from pmlint.language.pipeline import parse_all


def found(sentence: str, section: str) -> list[tuple[str, str]]:
    """Kind and words of each judgement on a sentence that stands in a section."""
    (doc,) = parse_all([sentence])
    judged = outright(doc, Context(sections=frozenset({section})))
    return [(str(each.kind), sentence[each.start : each.end]) for each in judged]


LABELS = [
    ("root_cause", "The outage was due to human error.", "human error", "human error"),
    ("root_cause", "Human error was discussed as a cause and rejected.", "", ""),
    ("root_cause", "The report puts it down to a typing error.", "human error", "typing error"),
    ("summary", "The first draft named a typing error as the cause.", "", ""),
    ("root_cause", "We found no cause other than a typing error.", "human error", "typing error"),
    ("root_cause", "We did not find a typing error.", "", ""),
    ("root_cause", "It was operator error.", "human error", "operator error"),
    ("root_cause", "What looked like operator error was a relay that sticks.", "", ""),
    ("root_cause", "The only explanation is a human mistake.", "human error", "human mistake"),
    ("root_cause", "It would be easy to call this a human mistake.", "", ""),
    ("root_cause", "The pump stopped after a misclick.", "human error", "misclick"),
    ("action_items", "Show the count in the dialog, so that a misclick is visible.", "", ""),
    ("root_cause", "An error during manual wiring left the pump dry.", "human error", "error during manual"),
    ("root_cause", "An error during the nightly import left the table empty.", "", ""),
    ("root_cause", "The rate was keyed in wrongly.", "human error", "was keyed in wrongly"),
    ("root_cause", "The rate was computed wrongly.", "", ""),
    ("root_cause", "We do not consider this to be a case of human error.", "", ""),
    ("root_cause", "It was due to deficient diligence.", "euphemism", "deficient diligence"),
    ("root_cause", "Deficient diligence cannot be established.", "", ""),
]
NOBODY = [
    ("root_cause", "The quota was overlooked in the plan.", "lapse", "The quota was overlooked in the plan"),
    ("root_cause", "The quota was overlooked by the planner script.", "", ""),
    ("root_cause", "Two branches were forgotten.", "lapse", "Two branches were forgotten"),
    ("root_cause", "Such branches are easily forgotten.", "", ""),
    ("root_cause", "The valve was opened for the test and never put back.", "lapse", "never put back"),
    ("root_cause", "The valve was opened for the test and never put back by the controller.", "", ""),
    ("root_cause", "No thought was given to the second region.", "lapse", "No thought was given"),
    ("root_cause", "No quota was given to the second region.", "", ""),
    ("root_cause", "Her warnings were given no heed.", "lapse", "were given no heed"),
    ("root_cause", "Her warnings were given a number.", "", ""),
]
SINGLED = [
    (
        "root_cause",
        "It was the release manager who pushed the tag.",
        "cause",
        "It was the release manager who pushed",
    ),
    ("root_cause", "It was the release manager who noticed the tag.", "", ""),
    (
        "root_cause",
        "What took the site down was the contractor's change.",
        "cause",
        "What took the site down was the contractor's change",
    ),
    ("root_cause", "What took the site down was the cache's default.", "", ""),
    ("root_cause", "The weak link was the reviewer.", "cause", "weak link was the reviewer"),
    ("root_cause", "The weak link was the cable.", "", ""),
    (
        "root_cause",
        "The whole evening comes down to the night operator.",
        "cause",
        "comes down to the night operator",
    ),
    ("root_cause", "The whole evening comes down to a full disk.", "", ""),
]
NOUNS = [
    (
        "root_cause",
        "Incorrect handling of the seal by the fitter let water in.",
        "lapse",
        "Incorrect handling of the seal by the fitter",
    ),
    ("root_cause", "Incorrect handling of empty rows by the parser let water in.", "", ""),
    (
        "root_cause",
        "Responsibility for the missed backup lies with the administrator.",
        "cause",
        "Responsibility for the missed backup lies with the administrator",
    ),
    ("root_cause", "Responsibility for the backup lies with the administrator.", "", ""),
    ("root_cause", "The fault lay with the agency.", "cause", "fault lay with the agency"),
    ("root_cause", "The fault was in a template of the agency.", "", ""),
    ("summary", "The copy was lost thanks to a technician.", "cause", "thanks to a technician"),
    ("summary", "Thanks to a technician the copy was found.", "", ""),
    ("root_cause", "The bug was introduced by a contractor.", "cause", "The bug was introduced by a contractor"),
    ("root_cause", "The second check was introduced by a contractor.", "", ""),
    ("root_cause", "The clerk's slip cost a day.", "lapse", "The clerk's slip"),
    ("root_cause", "The clerk's pay slip was wrong.", "", ""),
    ("root_cause", "The mistake was the manager's.", "lapse", "mistake was the manager"),
    ("root_cause", "The mistake was the template's.", "", ""),
    (
        "root_cause",
        "The responsibility for the outage is with the storage team.",
        "cause",
        "responsibility for the outage is with the storage team",
    ),
    ("root_cause", "The responsibility for the lease file is with the storage team.", "", ""),
]
DEEDS = [
    ("root_cause", "The technician swapped the two cables.", "lapse", "The technician swapped the two cables"),
    ("root_cause", "The technician swapped the faulty cable for a new one.", "", ""),
    ("root_cause", "The developer hid the mistake.", "lapse", "The developer hid the mistake"),
    ("response", "The developer hid the post.", "", ""),
    ("root_cause", "The engineer bypassed the check.", "lapse", "The engineer bypassed the check"),
    ("root_cause", "The engineer bypassed the check, as agreed with the security team.", "", ""),
    ("root_cause", "The operator left the pumps on.", "lapse", "The operator left the pumps on"),
    ("root_cause", "The operator left the pumps on, as he had been asked to.", "", ""),
    (
        "root_cause",
        "The engineer was responsible for this outage.",
        "lapse",
        "The engineer was responsible for this outage",
    ),
    ("root_cause", "The engineer responsible for the queue was in the call.", "", ""),
    ("timeline", "The clerk missed the attachments.", "lapse", "The clerk missed the attachments"),
    ("timeline", "The clerk sees that attachments are missing.", "", ""),
    ("root_cause", "The engineer did not know the new name.", "lapse", "The engineer did not know the new name"),
    ("root_cause", "The engineer said that he did not know the new name.", "", ""),
    (
        "root_cause",
        "The supervisor on duty omitted to record it.",
        "lapse",
        "The supervisor on duty omitted to record it",
    ),
    ("root_cause", "The supervisor on duty attempted to record it.", "", ""),
    (
        "response",
        "At 05:35 the network engineer mistook the relay for its twin.",
        "lapse",
        "the network engineer mistook the relay for its twin",
    ),
    ("response", "At 05:35 the network engineer found the relay and its twin.", "", ""),
    ("timeline", "Ana restarts the wrong pod.", "lapse", "Ana restarts the wrong pod"),
    ("timeline", "Ana restarts the wrong pod, since the two dashboards show the same name.", "", ""),
    ("response", "The engineer did not pick up.", "lapse", "The engineer did not pick up"),
    ("response", "The engineer did not pick up, it being his night off.", "", ""),
    ("root_cause", "The author left the tap open.", "lapse", "The author left the tap open"),
    ("root_cause", "The author left good notes behind.", "", ""),
    ("root_cause", "It was done by a team that had never tested it.", "lapse", "a team that had never tested it"),
    ("root_cause", "It was done by a team that had never done so before.", "", ""),
    ("root_cause", "We blew the warning off.", "lapse", "We blew the warning off"),
    ("root_cause", "The wind blew the roof off.", "", ""),
    ("root_cause", "The night worker ignored the pill.", "lapse", "The night worker ignored the pill"),
    ("root_cause", "The worker ignored the pill.", "", ""),
    ("response", "The analyst had closed the alert as noise.", "lapse", "The analyst had closed the alert as noise"),
    ("response", "The analyst had closed the alert as solved.", "", ""),
    ("response", "The on-call ignored three pages.", "lapse", "The on-call ignored three pages"),
    ("response", "The router ignored three pages.", "", ""),
    ("root_cause", "Terraform overlooked the drift since it only reads its own state.", "", ""),
    ("timeline", "Shift lead forgets the report.", "lapse", "Shift lead forgets the report"),
    ("timeline", "Scheduler forgets the report.", "", ""),
    ("timeline", "Ana restarted the wrong pod because both dashboards carry one title.", "", ""),
    ("root_cause", "The engineer was unaware of the switch.", "lapse", "The engineer was unaware of the switch"),
    ("root_cause", "The engineer was unaware of the switch, which no plan shows.", "", ""),
    ("root_cause", "The engineer was not careless: she had three pages.", "", ""),
    ("root_cause", "The flag was set wrongly by the manager.", "lapse", "The flag was set wrongly by the manager"),
    ("root_cause", "The flag was set wrongly by the manager at the agreed time.", "", ""),
    ("impact", "Two clerks had accidentally paid twice.", "inadvertence", "Two clerks had accidentally paid twice"),
    ("impact", "Two customers had accidentally paid twice.", "", ""),
    ("root_cause", "The vendor kept us in the dark.", "lapse", "The vendor kept us in the dark"),
    ("root_cause", "The outage kept us in the dark.", "", ""),
]
HINDSIGHT = [
    (
        "went_wrong",
        "Had the plan been read, the pool would have been drained.",
        "counterfactual",
        "Had the plan been read",
    ),
    ("went_wrong", "Had the events been kept, the cause would have been visible.", "", ""),
    (
        "root_cause",
        "The operator was supposed to wait for the signal.",
        "counterfactual",
        "The operator was supposed to wait for the signal",
    ),
    ("root_cause", "The team was supposed to get a copy of the alert.", "", ""),
    (
        "root_cause",
        "The engineer could have asked in the channel.",
        "counterfactual",
        "The engineer could have asked in the channel",
    ),
    ("root_cause", "The engineer could not have known it.", "", ""),
    ("root_cause", "We saw no other use, though someone could have used the token from a runner.", "", ""),
    ("root_cause", "The engineer could have checked it if the page had shown the date.", "", ""),
    ("went_wrong", "If the clerk had read it, the mail would be there.", "counterfactual", "If the clerk had read it"),
    ("went_wrong", "If the clerk had been allowed to stop it, the mail would be there.", "", ""),
    ("root_cause", "The clerk should have noticed.", "counterfactual", "The clerk should have noticed"),
    ("root_cause", "It would be unfair to say that the clerk should have noticed.", "", ""),
    (
        "root_cause",
        "The clerk or the lead could have known it.",
        "counterfactual",
        "The clerk or the lead could have known it",
    ),
    ("root_cause", "Neither the clerk nor the lead could have known it.", "", ""),
    ("root_cause", "Someone could have read it.", "counterfactual", "Someone could have read it"),
    ("root_cause", "Could someone have read it?", "", ""),
    ("root_cause", "Any of us could have merged it.", "", ""),
    (
        "got_lucky",
        "Had the manager not deleted it, it would be there.",
        "counterfactual",
        "Had the manager not deleted it",
    ),
    ("got_lucky", "Had the manager not looked at her phone, it would be there.", "", ""),
    ("got_lucky", "Had Jo not been on the train, it would be there.", "", ""),
    ("root_cause", "The lock should have been checked.", "counterfactual", "The lock should have been checked"),
    ("root_cause", "The lock should have been released.", "", ""),
    ("root_cause", "The secondary should have been paged.", "", ""),
]


MEASURES = [
    ("action_items", "Remind the clerks of the import rules.", "person action", "Remind the clerks"),
    ("action_items", "Remind the clerks by a bot message when a key expires.", "", ""),
    ("action_items", "Coach the fitters in reading the gauge.", "person action", "Coach the fitters"),
    ("action_items", "Train the ranking model on the new orders.", "", ""),
    (
        "action_items",
        "Refresher on change management for all clerks.",
        "person action",
        "Refresher on change management for all clerks",
    ),
    ("action_items", "Load test with 300 clerks.", "", ""),
    (
        "action_items",
        "Sit down with Ana so that she knows what is expected.",
        "person action",
        "Sit down with Ana",
    ),
    ("action_items", "Sit down with Ana and write her steps into the runbook.", "", ""),
    (
        "action_items",
        "A personal conversation will be held with the operator.",
        "person action",
        "personal conversation will be held with the operator",
    ),
    ("action_items", "A personal page will be created for the operator console.", "", ""),
    (
        "follow_up",
        "The fitters will have to retake the safety exam.",
        "person action",
        "The fitters will have to retake",
    ),
    ("follow_up", "The fitters will have to replace the valve.", "", ""),
    ("summary", "The engineer was suspended from duty.", "punitive", "The engineer was suspended from"),
    ("summary", "The rule was suspended from noon on.", "", ""),
    (
        "action_items",
        "Access has been taken away from the technician.",
        "punitive",
        "Access has been taken away from the technician",
    ),
    ("action_items", "Access has been taken away from the importer.", "", ""),
    (
        "impact",
        "Two employees have received a formal warning.",
        "punitive",
        "Two employees have received a formal warning",
    ),
    ("impact", "Two hosts have received a formal request.", "", ""),
    (
        "follow_up",
        "The contract of the agency was terminated.",
        "punitive",
        "contract of the agency was terminated",
    ),
    ("follow_up", "The process of the importer was terminated.", "", ""),
]


@pytest.mark.parametrize(
    ("section", "sentence", "kind", "words"), [*LABELS, *NOBODY, *SINGLED, *NOUNS, *DEEDS, *HINDSIGHT, *MEASURES]
)
def test_what_is_found(section: str, sentence: str, kind: str, words: str) -> None:
    assert found(sentence, section) == ([(kind, words)] if kind else [])
