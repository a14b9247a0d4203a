"""Writes a story down in the style of a house, and says what that form can carry."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby, pairwise
from textwrap import wrap

from tests.document.houses import CATEGORIES, DAYS, LAYERS, LENGTHS, STATUSES, Actions, House, Times
from tests.document.stories import Condition, Happening, Story, Task, seen

from pmlint.document.model import ActionStatus, SectionKind

WHOLE = 4000
"""A width at which nothing is wrapped."""
_TIED = "\0"
"""A blank at which no line is broken."""


def render(story: Story, house: House) -> str:
    """The whole document."""
    return (_opening(story, house) + "".join(text for _, text in parts(story, house))).replace("\n", house.newline)


def parts(story: Story, house: House) -> list[tuple[tuple[SectionKind, ...], str]]:
    """The parts in the order of the house, each with the kinds that its heading names."""
    names, remarks = dict(house.names), dict(story.remarks)
    written: list[tuple[tuple[SectionKind, ...], str, str]] = []
    for kind in house.order:
        match kind:
            case SectionKind.TIMELINE:
                written.append(((kind,), timeline_title(story, house), timeline(story, house)))
            case SectionKind.ACTION_ITEMS:
                written.append(((kind,), names[kind], actions(story.tasks, house)))
            case SectionKind.ROOT_CAUSE if house.merged:
                both = (SectionKind.ROOT_CAUSE, SectionKind.CONTRIBUTING_FACTORS)
                body = f"{story.root_cause}\n\n" + factors(story.conditions, house)
                written.append((both, "Root cause and contributing factors", body))
            case SectionKind.ROOT_CAUSE:
                written.append(((kind,), names[kind], f"{story.root_cause}\n\n"))
            case SectionKind.CONTRIBUTING_FACTORS if not house.merged:
                written.append(((kind,), names[kind], factors(story.conditions, house)))
            case _ if kind in remarks:
                text = "\n".join(wrap(remarks[kind], house.width, break_on_hyphens=False))
                written.append(((kind,), names[kind], f"{text}\n\n"))
            case _:
                pass
    return [
        (kinds, house.headings.section(title, number) + body) for number, (kinds, title, body) in enumerate(written, 1)
    ]


def _opening(story: Story, house: House) -> str:
    """Title and facts."""
    facts = {
        "Incident ID": story.id,
        "Date": DAYS[house.day_form](story.day),
        "Severity": story.severity,
        "Duration": LENGTHS[house.length_form](story.minutes),
        "Authors" if len(story.authors) > 1 else "Author": ", ".join(story.authors),
    }
    title = house.headings.title(story.title)
    match house.facts:
        case "yaml":
            keys = "".join(f"{key.lower().replace(' ', '_')}: {_quoted(value)}\n" for key, value in facts.items())
            return f"---\n{keys}---\n\n{title}"
        case "toml":
            keys = "".join(f"{key.lower().replace(' ', '_')} = {_quoted(value)}\n" for key, value in facts.items())
            return f"+++\n{keys}+++\n\n{title}"
        case "bold in":
            return title + "  \n".join(f"**{key}:** {value}" for key, value in facts.items()) + "\n\n"
        case "bold out":
            return title + "".join(f"**{key}**: {value}\n\n" for key, value in facts.items())
        case "bullets":
            return title + "".join(f"- **{key}:** {value}\n" for key, value in facts.items()) + "\n"
        case "plain bullets":
            return title + "".join(f"* {key}: {value}\n" for key, value in facts.items()) + "\n"
        case "table":
            return title + table(["Field", "Value"], list(facts.items()))
        case "row":
            return title + table(list(facts), [list(facts.values())])
        case "headings":
            return title + "".join(f"{house.headings.named(key)}{value}\n\n" for key, value in facts.items())
        case _:
            return title + "\n".join(f"{key}: {value}" for key, value in facts.items()) + "\n\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


# the timeline -------------------------------------------------------------------------------------------


def clock_of(happening: Happening, times: Times, *, end: bool = False) -> str:
    at = (happening.until if end else happening.at) or happening.at
    half = f"{(at.hour - 1) % 12 + 1}:{at:%M}"
    return {
        "24h": f"{at:%H:%M}",
        "seconds": f"{at:%H:%M:%S}",
        "ampm": f"{half} {'AM' if at.hour < 12 else 'PM'}",
        "am": f"{half}{'am' if at.hour < 12 else 'pm'}",
        "dotted": f"{at:%H.%M}",
        "iso": f"{at:%Y-%m-%dT%H:%M}",
    }[times.clock]


def ranged(happening: Happening, times: Times) -> bool:
    """Whether the form says when the happening ended."""
    same_day = happening.until is not None and happening.until.date() == happening.at.date()
    return same_day and times.clock in ("24h", "ampm")


def stamp(happening: Happening, times: Times, *, dated: bool) -> str:
    """The time of an entry, in all its finery."""
    text = clock_of(happening, times)
    if ranged(happening, times):
        text += f"–{clock_of(happening, times, end=True)}"
    if times.zone and times.zone_place == "entry":
        text += "Z" if times.clock == "iso" and times.zone == "UTC" else f" {times.zone}"
    if dated and times.clock != "iso":
        text = f"{DAYS[times.day_form](happening.at.date())} {text}"
    return times.mark.format(text)


def timeline_title(story: Story, house: House) -> str:
    times, name = house.times, dict(house.names)[SectionKind.TIMELINE]
    notes = [DAYS[times.day_form](story.day)] if times.day == "title" else []
    notes += [times.zone] if times.zone and times.zone_place == "title" else []
    return f"{name} ({', '.join(notes)})" if notes else name


def timeline(story: Story, house: House) -> str:
    times = house.times
    said = f"All times are in {times.zone}.\n\n" if times.zone and times.zone_place == "sentence" else ""
    if times.form == "table":
        return said + _time_table(story.happenings, times)
    if times.day == "group":
        parts = groupby(story.happenings, key=lambda happening: happening.at.date())
        return said + "".join(
            house.headings.below(DAYS[times.day_form](day)) + _entries(tuple(found), house) for day, found in parts
        )
    return said + _entries(story.happenings, house)


def _entries(happenings: tuple[Happening, ...], house: House) -> str:
    times = house.times
    before: list[Happening | None] = [None, *happenings]
    lines = []
    for last, happening in pairwise(before):
        assert happening is not None
        turned = last is None or last.at.date() != happening.at.date()
        dated = times.day == "each" or (times.day == "first" and turned)
        text = seen(happening.text) if times.form == "fenced" else happening.text
        # nobody's editor breaks a line within a time
        whole = stamp(happening, times, dated=dated).replace(" ", _TIED)
        lines.append(f"{whole}{times.separator}{text}")
    return _listed(lines, house).replace(_TIED, " ")


def _listed(lines: Sequence[str], house: House) -> str:
    match house.times.form:
        case "bullets":
            return _items(lines, ["- "] * len(lines), house.width)
        case "numbered":
            return _items(lines, [f"{number}. " for number in range(1, len(lines) + 1)], house.width)
        case "headings":
            return "".join(house.headings.below(line) for line in lines)
        case "lines":
            return "  \n".join(lines) + "\n\n"
        case "fenced":
            return "```\n" + "\n".join(lines) + "\n```\n\n"
        case _:
            return "\n\n".join(lines) + "\n\n"


def _items(lines: Sequence[str], bullets: Sequence[str], width: int) -> str:
    wrapped = (
        f"\n{' ' * len(bullet)}".join(wrap(line, width, break_long_words=False, break_on_hyphens=False))
        for line, bullet in zip(lines, bullets, strict=True)
    )
    return "\n".join(bullet + line for line, bullet in zip(wrapped, bullets, strict=True)) + "\n\n"


def _time_table(happenings: tuple[Happening, ...], times: Times) -> str:
    zone = f" ({times.zone})" if times.zone and times.zone_place == "column" else ""
    heads = {"time": times.heads[0] + zone, "text": times.heads[1], "who": times.heads[2], "evidence": "Evidence"}
    columns = list(times.columns)
    if times.day.startswith("column"):
        columns.insert(columns.index("time"), "day")
        heads["day"] = "Date"
    rows: list[list[str]] = []
    last: date | None = None
    for happening in happenings:
        day = happening.at.date()
        dated = times.day == "each" or (times.day == "first" and day != last)
        cells = {
            "day": DAYS[times.day_form](day) if times.day == "column" or day != last else "",
            "time": stamp(happening, times, dated=dated),
            "text": happening.text,
            "who": happening.who,
            "evidence": "[graph](https://graphs.example.net/d/4)",
        }
        rows.append([cells[name] for name in columns])
        last = day
    return table([heads[name] for name in columns], rows)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines) + "\n"


# causes and actions -------------------------------------------------------------------------------------


def factors(conditions: tuple[Condition, ...], house: House) -> str:
    texts = [condition.text for condition in conditions]
    match house.factors:
        case "numbered":
            return _items(texts, [f"{number}. " for number in range(1, len(texts) + 1)], house.width)
        case "table":
            return table(["Layer", "Contributing factor"], [[LAYERS[item.layer], item.text] for item in conditions])
        case "headings":
            titles = (f"{number}. {text}" for number, text in enumerate(texts, 1))
            return "".join(house.headings.below(title) + "It had been so for months.\n\n" for title in titles)
        case "labelled":
            labelled = [f"**{LAYERS[item.layer]}:** {item.text}" for item in conditions]
            return _items(labelled, ["- "] * len(texts), house.width)
        case _:
            return _items(texts, ["* "] * len(texts), house.width)


def carried(task: Task, house: House) -> Task:
    """The task as far as the form can say it; the open state is what a box without a tick says."""
    form = house.actions.form
    boxed = ActionStatus.DONE if task.status is ActionStatus.DONE else ActionStatus.OPEN
    status = {"table": task.status, "labels": task.status, "below": task.status, "tasks": boxed}.get(form)
    ticket = None if form in ("people", "sentence") else task.ticket
    due = None if form == "sentence" and task.owner is None else task.due
    return replace(task, status=status, ticket=ticket, due=due)


def actions(tasks: tuple[Task, ...], house: House) -> str:
    if not house.actions.grouped:
        return _actions(tasks, house)
    groups = groupby(sorted(tasks, key=lambda task: task.category), key=lambda task: task.category)
    return "".join(
        house.headings.below(CATEGORIES[category]) + _actions(tuple(found), house) for category, found in groups
    )


def _actions(tasks: tuple[Task, ...], house: House) -> str:
    style = house.actions
    if style.form == "table":
        heads = {"text": "Action item", "owner": "Owner", "due": "Due date", "ticket": "Ticket"}
        heads |= {"status": "Status", "priority": "Priority", "category": "Type"}
        cells = [
            {
                "text": task.text,
                "owner": task.owner or "",
                "due": _due(task, style),
                "ticket": _ticket(task, style),
                "status": STATUSES[task.status] if task.status else "",
                "priority": task.priority,
                "category": CATEGORIES[task.category],
            }
            for task in tasks
        ]
        return table([heads[name] for name in style.columns], [[row[name] for name in style.columns] for row in cells])
    if style.form == "headings":
        return "".join(
            house.headings.below(f"{number}. {task.text}")
            + "".join(f"- {said}\n" for said in _labels(task, style))
            + "\n"
            for number, task in enumerate(tasks, 1)
        )
    return _items([_item(task, style) for task in tasks], [style.bullet] * len(tasks), WHOLE)


def _item(task: Task, style: Actions) -> str:
    due, ticket = _due(task, style), _ticket(task, style)
    match style.form:
        case "tasks":
            box = "[x]" if task.status is ActionStatus.DONE else "[ ]"
            said = [
                *([task.owner] if task.owner else []),
                *([f"due {due}"] if due else []),
                *([ticket] if ticket else []),
            ]
            return f"{box} {_bracketed(task.text, said)}"
        case "people":
            return _bracketed(task.text, [task.owner, due])
        case "dash":
            return " — ".join(part for part in (task.text, task.owner, due, ticket) if part)
        case "sentence":
            return _bracketed(
                task.text, [*([task.owner] if task.owner else []), *([f"by {due}"] if task.owner and due else [])]
            )
        case "below":
            return "\n   - ".join([task.text, *_labels(task, style)])
        case "labels":
            return "; ".join([task.text, *_labels(task, style)]) if _labels(task, style) else task.text
        case _:
            labels = [said for said in _labels(task, style) if not said.startswith("Status")]
            return _bracketed(task.text, labels)


def _bracketed(text: str, parts: Sequence[str | None]) -> str:
    said = [part for part in parts if part]
    return f"{text} ({', '.join(said)})" if said else text


def _labels(task: Task, style: Actions) -> list[str]:
    said = {
        "Owner": task.owner,
        "Due": _due(task, style),
        "Ticket": _ticket(task, style),
        "Status": STATUSES[task.status] if task.status and style.form != "headings" else None,
    }
    return [f"{label}: {value}" for label, value in said.items() if value]


def _due(task: Task, style: Actions) -> str:
    return DAYS[style.day_form](task.due) if task.due else ""


def _ticket(task: Task, style: Actions) -> str:
    if task.ticket and style.linked:
        return f"[{task.ticket}](https://tracker.example.net/browse/{task.ticket.strip('#')})"
    return task.ticket or ""
