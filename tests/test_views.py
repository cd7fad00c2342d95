"""Times and counts are written as people write them, and never steer a terminal."""

from sayso.printing import tabulate, when


def test_open_and_whole_bounds():
    assert when(None, None) == ""
    assert when("2022-01-05", None) == "from 2022-01-05"
    assert when("2022-01-01", "2022-02-01") == "2022-01-01 to 2022-01-31"
    assert when("2022-01-05T10:00", "2022-01-05T11:00") == "2022-01-05 10:00-11:00"


def test_hostile_words_lose_what_steers():
    row = tabulate({"id": "x", "claim": "a\u202eb\x1b[31mc\nd"})
    assert row == {"claim": "a b [31mc d"}
