"""What the conditions language reads, and into what."""

from datetime import UTC, datetime

import pytest

from pipelines.sandbox.query_language import (
    Both,
    Comparison,
    ConditionError,
    Either,
    Matching,
    Membership,
    Operator,
    parse,
    read_datetime,
)


def equals(path, value):
    return Comparison(path, Operator.EQUAL, value)


def test_and_binds_closer_than_or():
    assert parse("a=1 or b=2 and c=3") == Either(
        (equals("a", 1), Both((equals("b", 2), equals("c", 3))))
    )


def test_parentheses_nest():
    assert parse("((a=1) and (b=2 or (c=3)))") == Both(
        (equals("a", 1), Either((equals("b", 2), equals("c", 3))))
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("'x'", "x"),
        ('"x y"', "x y"),
        (r'"a \"b\" c"', 'a "b" c'),
        (r"'it\'s'", "it's"),
        (r'"C:\\temp"', r"C:\temp"),
        (r'"C:\temp"', r"C:\temp"),
        ('"it\'s"', "it's"),
        ('"(a) and [b]"', "(a) and [b]"),
        ("5", 5),
        ("-5", -5),
        ("0.25", 0.25),
        ("True", True),
        ("FALSE", False),
        ("Null", None),
    ],
)
def test_values(text, value):
    condition = parse(f"name = {text}")
    assert condition == equals("name", value)
    assert type(condition.value) is type(value)


@pytest.mark.parametrize("operator", list(Operator))
def test_operators_need_no_blanks(operator):
    assert parse(f"a/b{operator.value}1") == Comparison("a/b", operator, 1)


def test_keywords_in_any_case_and_names_that_begin_like_them():
    assert parse("android = 1 AND orange = 2 Or INN = 3") == Either(
        (Both((equals("android", 1), equals("orange", 2))), equals("INN", 3))
    )
    assert parse("a NOT Like 'x*'") == Matching(
        "a", "x*", is_like=True, is_negated=True
    )
    assert parse("a Contains 'x'") == Matching(
        "a", "x", is_like=False, is_negated=False
    )
    assert parse('a not In (1, "2", null)') == Membership(
        "a", (1, "2", None), is_negated=True
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2016-08-20T18:04:26Z", datetime(2016, 8, 20, 18, 4, 26, tzinfo=UTC)),
        ("2016-08-20T18:04:26", datetime(2016, 8, 20, 18, 4, 26, tzinfo=UTC)),
        ("2016-08-20T18:04:26+02:00", datetime(2016, 8, 20, 16, 4, 26, tzinfo=UTC)),
        (
            "2023-08-08T16:36:11.123456",
            datetime(2023, 8, 8, 16, 36, 11, 123456, tzinfo=UTC),
        ),
        (
            "2023-08-08T16:36:11.1234567Z",
            datetime(2023, 8, 8, 16, 36, 11, 123456, tzinfo=UTC),
        ),
        ("2016-08-20", datetime(2016, 8, 20, tzinfo=UTC)),
        ("06/30/2019", datetime(2019, 6, 30, tzinfo=UTC)),
        ("06/30/2019 1:05:00 PM", datetime(2019, 6, 30, 13, 5, tzinfo=UTC)),
    ],
)
def test_datetimes(text, expected):
    assert read_datetime(text) == expected
    assert parse(f"at >= [{text}]").value == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a = ",
        "a = b",
        "a = 1 b = 2",
        "(a = 1",
        "a in ()",
        "a like 1",
        "a == 1",
    ],
)
def test_what_is_not_in_the_language(text):
    with pytest.raises(ConditionError, match="position"):
        parse(text)


@pytest.mark.parametrize(
    "text", ["13/45/2019", "yesterday", "2016-08-20T18:04:26 00:00"]
)
def test_what_is_no_datetime(text):
    with pytest.raises(ConditionError, match="not a datetime"):
        parse(f"at > [{text}]")
