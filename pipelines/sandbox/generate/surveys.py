"""Surveys after closed tickets: who answers, and how content they are.

About one closed ticket in eight is answered; scores are skewed high, lower after a
missed SLA target, and lower still for one team some weeks after it was reorganised
(story 15). One kind of dirt lives here: a survey of a ticket that was merged away.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.calendar import DAY, HOUR, stamp
from pipelines.sandbox.generate.dirt import DirtLog
from pipelines.sandbox.generate.records import Json, info
from pipelines.sandbox.generate.scene import Scene
from pipelines.sandbox.generate.streams import Lottery, lognormal
from pipelines.sandbox.generate.teams import MESA_TEAM_ID
from pipelines.sandbox.generate.ticket_record import Ticket
from pipelines.sandbox.generate.words import COMPLAINTS, PRAISES

RESULTS = "/service/surveys/{parent_id}/results"
LAG = 60 * DAY
_ADMIN = "setup1"
_CLOSED, _YEARLY = 1, 2
_BOARDS = frozenset({firm.HELP_DESK, firm.ONSITE, firm.CONSULTING})
_RATE = 0.12
_MERGED_QUOTA = 3
_MOST_PER_QUESTION = 5
_OPTIONS = (
    "Very satisfied",
    "Satisfied",
    "Neutral",
    "Dissatisfied",
    "Very dissatisfied",
)
_QUESTIONS = (
    (11, _CLOSED, "How satisfied are you with the solution?", "Selection"),
    (12, _CLOSED, "How satisfied are you with the time it took?", "Selection"),
    (13, _CLOSED, "Is there anything we should know?", "OpenEnded"),
    (21, _YEARLY, "How likely are you to recommend us?", "Selection"),
)
# Indexes of options, and how often each is chosen.
_USUAL = Lottery(range(5), (62, 26, 7, 3, 2))
_AFTER_BREACH = Lottery(range(5), (30, 27, 18, 15, 10))
_AFTER_CHANGE = Lottery(range(5), (18, 24, 24, 20, 14))


@dataclass(slots=True)
class Tally:
    """Answers of one team in one period, for the manifest."""

    answers: int = 0
    points: int = 0

    def add(self, points: int) -> None:
        """Count one more answer."""
        self.answers += 1
        self.points += points

    @property
    def average(self) -> float:
        """Points per answer, of ten."""
        return round(self.points / self.answers, 2) if self.answers else 0.0


class SurveyDesk:
    """Asks after closed tickets and writes what comes back."""

    def __init__(self, scene: Scene, log: DirtLog) -> None:
        self._scene = scene
        self._log = log
        self._rng = scene.stream("surveys")
        self._numbers = count(8_001)
        self._merged_left = log.quota(_MERGED_QUOTA)
        self._asked = 0
        # (is of the story's team, is after the lag) → what was answered.
        self._tallies = {(a, b): Tally() for a in (False, True) for b in (False, True)}
        scene.writer.add_all("/service/surveys", _surveys(scene))
        for question in _questions(scene.start - 150 * DAY):
            path = "/service/surveys/{parent_id}/questions"
            scene.writer.add(path, question, question["surveyId"])

    def ask(self, ticket: Ticket) -> None:
        """Ask after one ticket, if it is closed and a person waited for it."""
        closed = ticket.closed_at
        if closed is None or ticket.arrival.board.id not in _BOARDS:
            return
        is_merged = ticket.merged_into is not None
        if is_merged and not self._merged_left:
            return
        self._asked += not is_merged
        draw = self._rng.random()
        at = closed + int(lognormal(self._rng, 7 * HOUR, 1.1))
        if at > self._scene.now or (draw >= _RATE and not is_merged):
            return
        record = self._result(ticket, at=at)
        if is_merged:
            self._merged_left -= 1
            self._log.note("survey_of_merged_ticket", RESULTS, record["id"])
        self._scene.writer.add(RESULTS, record, _CLOSED)

    def _result(self, ticket: Ticket, *, at: int) -> Json:
        rng, arrival = self._rng, ticket.arrival
        lottery = self._mood(ticket, at)
        answers = [lottery.draw(rng), lottery.draw(rng)]
        points = sum(_MOST_PER_QUESTION - answer for answer in answers)
        is_story = ticket.team["id"] == MESA_TEAM_ID
        if ticket.merged_into is None:
            self._tallies[is_story, self._is_late(at)].add(points)
        is_unhappy = points <= 5
        results: list[Json] = [
            {"questionId": 11, "answer": answers[0]},
            {"questionId": 12, "answer": answers[1]},
        ]
        if rng.random() < (0.7 if is_unhappy else 0.25):
            text = rng.choice(COMPLAINTS if is_unhappy else PRAISES)
            results.append({"questionId": 13, "answer": text})
        record: Json = {
            "id": next(self._numbers),
            "surveyId": _CLOSED,
            "ticketId": ticket.id,
            "contact": arrival.contact.ref,
            "company": arrival.company.reference,
            "emailAddress": arrival.contact.email,
            "contactMeFlag": is_unhappy and rng.random() < 0.5,
            "totalPoints": points,
            "results": results,
            "_info": info(at, "zadmin"),
        }
        if len(results) > 2 and rng.random() < 0.3:
            record["footerResponse"] = "Thank you."
        return record

    def _is_late(self, at: int) -> bool:
        """Whether the reorganisation can be felt by then."""
        return at >= self._scene.stories.reorganised + LAG

    def _mood(self, ticket: Ticket, at: int) -> Lottery[int]:
        if ticket.team["id"] == MESA_TEAM_ID and self._is_late(at):
            return _AFTER_CHANGE
        arrival, reading = ticket.arrival, ticket.reading
        if reading is None or arrival.company.sla is None:
            return _USUAL
        targets = firm.SLAS[arrival.company.sla].targets[arrival.priority.id]
        return _USUAL if all(reading.meets(targets)) else _AFTER_BREACH

    def manifest(self) -> Json:
        """How many were asked, and how many answered."""
        answered = sum(tally.answers for tally in self._tallies.values())
        return {"asked": self._asked, "answered": answered}

    def story(self) -> Json:
        """The manifest's story 15."""
        team = next(t for t in self._scene.teams if t.id == MESA_TEAM_ID)
        start = self._scene.stories.reorganised
        told = {
            f"{'team' if is_story else 'others'}_{'after' if is_late else 'before'}": {
                "answers": tally.answers,
                "average_points": tally.average,
            }
            for (is_story, is_late), tally in self._tallies.items()
        }
        return {
            "title": "Satisfaction with one team drops after its reorganisation",
            "who": {"team": team.id, "name": team.name, "board": team.board.id},
            "when": {"reorganised": stamp(start), "felt_from": stamp(start + LAG)},
            "how_much": told,
        }


def _surveys(scene: Scene) -> Iterator[Json]:
    at = scene.start - 150 * DAY
    notified = scene.dispatcher(scene.now)
    for number, name, is_inactive in (
        (_CLOSED, "Ticket closed", False),
        (_YEARLY, "Yearly review", True),
    ):
        yield {
            "id": number,
            "name": name,
            "inactiveFlag": is_inactive,
            "headerIncludeLogoFlag": True,
            "headerText": "How did we do?",
            "headerTextVisibleFlag": True,
            "footerText": f"{firm.NAME} thanks you.",
            "footerTextVisibleFlag": True,
            "thankYouText": "Your answer has been sent.",
            "notifyWho": {"id": 1, "identifier": "M", "name": "Member"},
            "notifyWhoVisibleFlag": True,
            "notifyMember": notified.ref,
            "_info": info(at, _ADMIN),
        }


def _questions(at: int) -> Iterator[Json]:
    for place, (number, survey, question, kind) in enumerate(_QUESTIONS, 1):
        record: Json = {
            "id": number,
            "surveyId": survey,
            "sequenceNumber": place,
            "type": kind,
            "question": question,
            "includeFlag": True,
            "requiredFlag": kind == "Selection",
            "noAnswerPoints": 0,
            "_info": info(at, _ADMIN),
        }
        if kind == "Selection":
            record["options"] = [
                {
                    "caption": caption,
                    "includeFlag": True,
                    "points": _MOST_PER_QUESTION - index,
                }
                for index, caption in enumerate(_OPTIONS)
            ]
        yield record
