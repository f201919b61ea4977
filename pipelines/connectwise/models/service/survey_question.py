"""Questions of surveys."""

from typing import Annotated

from pipelines.connectwise.models.base import ApiObject, Record, about
from pipelines.connectwise.models.scalars import Boolean, Integer, KnownValues

QuestionType = Annotated[str, KnownValues("OpenEnded", "Selection")]


class SurveyQuestionOption(ApiObject):
    """One answer that can be chosen."""

    caption: str | None = None
    points: Integer | None = about("Points that the answer gives.")
    include_flag: Boolean | None = None


class SurveyQuestion(Record):
    """One question of one survey."""

    survey_id: Integer | None = None
    sequence_number: Integer | None = about("Place in the survey.")
    type: QuestionType | None = about("Free text or a choice.")
    question: str | None = None
    options: list[SurveyQuestionOption] | None = about(
        "What can be chosen, and the points it gives."
    )
    include_flag: Boolean | None = about("True when the question is asked.")
    required_flag: Boolean | None = None
    no_answer_points: Integer | None = about("Points when it is left unanswered.")
