"""Answers to surveys.

A new answer does not touch its survey, so every survey is asked anew.
"""

from typing import Any

from pipelines.connectwise.models.base import ApiObject, Record, about
from pipelines.connectwise.models.references import CompanyReference, ContactReference
from pipelines.connectwise.models.scalars import Boolean, Integer


class SurveyAnswer(ApiObject):
    """The answer to one question."""

    question_id: Integer | None = about("Id of the question.")
    answer: Any = about("Text or the caption of the chosen option.")


class SurveyResult(Record):
    """One answered survey."""

    survey_id: Integer | None = None
    ticket_id: Integer | None = about("The ticket the customer was asked about.")
    company: CompanyReference | None = None
    contact: ContactReference | None = None
    email_address: str | None = None
    total_points: Integer | None = about(
        "Points of all answers; the most one can get depends on the survey."
    )
    contact_me_flag: Boolean | None = about("True when the customer asks to be called.")
    footer_response: str | None = about("What the customer wrote below the questions.")
    results: list[SurveyAnswer] | None = about("The answers, question by question.")
