"""Datelines, bylines, outlets and dates, as heads of reports write them."""

import pytest

from sayso.reports import read_text
from sayso.reports.reading.datelines import read_line, read_opening
from sayso.reports.reading.dates import complete_year, date_in_address, date_in_column, find_date

BODY = "Die Lage ist ernst, und der Minister hat vor der Presse gewarnt. Mehr war nicht bekannt."


@pytest.mark.parametrize(
    ("written", "language", "value"),
    [
        ("17.3.2021", "de", "2021-03-17"),
        ("17. 3. 2021", "de", "2021-03-17"),
        ("17.03.21", "de", "2021-03-17"),
        ("3 марта 2019 года", "ru", "2019-03-03"),
        ("3 марта 2019 г., 14:05", "ru", "2019-03-03T14:05"),
        ("9 May 2018", "en", "2018-05-09"),
        ("May 9, 2018", "en", "2018-05-09"),
        ("9th of May, 2018", "en", "2018-05-09"),
        ("Sept. 9, 2018", "en", "2018-09-09"),
        ("05/09/2018", "en", "2018-05-09"),
        ("05/09/2018", "de", "2018-09-05"),
        ("25/09/2018", "en", "2018-09-25"),
        ("2018-05-09", "und", "2018-05-09"),
        ("2018-05-09T06:45:10.123Z", "und", "2018-05-09T06:45+00:00"),
        ("2018-05-09 06:45 +0600", "und", "2018-05-09T06:45+06:00"),
        ("Mittwoch, 5. Jänner 2022, 14.30 Uhr MEZ", "de", "2022-01-05T14:30+01:00"),
        ("5 January 2022 at 2:30 p.m. ET", "en", "2022-01-05T14:30-05:00"),
        ("12:05 a.m., 5 January 2022", "en", "2022-01-05T00:05"),
        ("05.01.2022 14:30 (мск)", "ru", "2022-01-05T14:30+03:00"),
        ("5 January 2022, 14:30 UTC+6", "en", "2022-01-05T14:30+06:00"),
        ("März 2021", "de", "2021-03"),
        ("Published 9 May 2018, updated 10 May 2018", "en", "2018-05-09"),
        ("Updated 10 May 2018 | Published 9 May 2018", "en", "2018-05-09"),
    ],
)
def test_a_date_is_read_as_precisely_as_written(written, language, value):
    assert find_date(written, language).value == value


@pytest.mark.parametrize(
    "written", ["31.2.2021", "2021-13-40", "17.3", "3.5 Mrd.", "3:4", "1. 2. 3.", "may come"]
)
def test_what_is_no_date_is_none(written):
    assert find_date(written, "de") is None


def test_a_date_without_a_year_keeps_month_and_day():
    assert (find_date("OSLO, March 3", "en").value, find_date("OSLO, March 3", "en").month_day) == (
        None,
        (3, 3),
    )


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2021/05/19/flood", "2021-05-19"),
        ("https://a.example/2021-05-19/x", "2021-05-19"),
        ("https://a.example/news/20210519-x", "2021-05-19"),
        ("https://a.example/2021/5/9/x", "2021-05-09"),
        ("https://a.example/2021/02/30/x", None),
        ("https://a.example/id/120210519", None),
    ],
)
def test_the_day_in_an_address(url, day):
    assert date_in_address(url) == day


def test_a_missing_year_is_completed_only_soon_after_what_is_linked():
    assert complete_year((1, 2), "2021-12-30") == "2022-01-02"
    assert complete_year((12, 29), "2021-12-30") is None
    report = read_text(f"OSLO, March 3 (Wire) - The ship sank (https://a.example/2019/03/02/x). {BODY}")
    assert (report.published, report.published_basis) == ("2019-03-03", "dateline")
    assert "year" in report.warnings[-1]


def test_column_dates():
    assert date_in_column("Wed, 05 Jan 2022 14:30:00 +0600") == "2022-01-05T14:30+06:00"
    assert date_in_column(1641389400000) == "2022-01-05T13:30+00:00"
    assert date_in_column("soon") is None


@pytest.mark.parametrize(
    ("opening", "agency", "published"),
    [
        ("OSLO, March 3, 2020 (Agency) - The ship sank.", "Agency", "2020-03-03"),
        ("Kiew/Berlin (dpa) - Die Lage ist ernst.", "dpa", None),
        ("МОСКВА, 5 янв 2022 - Агентство. Президент сообщил.", "Агентство", "2022-01-05"),
        ("МОСКВА, 5 января 2022. /ТАСС/. Президент сообщил.", "ТАСС", "2022-01-05"),
        ("KABUL, 4. Januar 2022 – Die Stadt ist ruhig.", None, "2022-01-04"),
        ("New York, 2 May 2020 14:05 GMT (AW) - The court ruled.", "AW", "2020-05-02T14:05+00:00"),
        ("SPRINGFIELD, Ill., Jan. 4, 2022 /Wire/ -- The mayor left.", "Wire", "2022-01-04"),
        ("(Reuters) - The ship sank.", "Reuters", None),
        ("WASHINGTON, Oct 4, 2016 - Sen. Kern left.", None, "2016-10-04"),
        ("GENF — Die Delegation reiste ab.", None, None),
    ],
)
def test_an_opening_dateline_is_a_block_of_its_own(opening, agency, published):
    report = read_text(f"Ein Titel darüber\n\n{opening} {BODY}\n\n{BODY}")
    dateline, paragraph = report.blocks[1:3]
    assert (dateline.kind, paragraph.kind) == ("dateline", "paragraph")
    words = report.text[paragraph.start : paragraph.end].split()[0]
    assert words in {"The", "Die", "Президент", "Sen."}
    assert report.outlet == agency
    assert report.published == published


@pytest.mark.parametrize(
    "opening",
    [
        "Olaf Kern (SPD) - früher Bürgermeister - ist tot.",
        "Berlin bleibt ruhig - noch.",
        "Der Präsident - er ist krank - sagte ab.",
        "Am 5. Januar 2022 begann der Aufstand - so die Regierung.",
        "Die Regierung (Kabinett Kern) – Sie trat zurück.",
        "Ein Satz ohne alles.",
    ],
)
def test_prose_with_dashes_is_no_dateline(opening):
    assert read_opening(opening, "de") is None


@pytest.mark.parametrize(
    ("line", "author", "outlet", "value"),
    [
        ("Von Anna Berg", "Anna Berg", None, None),
        ("Von Anna Berg und Karl Maier, Berlin", "Anna Berg und Karl Maier", None, None),
        ("By John Smith, 9 May 2018", "John Smith", None, "2018-05-09"),
        ("Автор: Иван Петров", "Иван Петров", None, None),
        ("Anna Berg, Berlin", "Anna Berg", None, None),
        ("Nordkurier | 5.1.2022 | 14:30 Uhr", None, "Nordkurier", "2022-01-05T14:30"),
        ("Источник: Берег-Пресс", None, "Берег-Пресс", None),
        ("Almaty, 5. Januar 2022", None, None, "2022-01-05"),
        ("Stand: 5.1.2022 14:30", None, None, "2022-01-05T14:30"),
    ],
)
def test_a_line_below_a_title(line, author, outlet, value):
    found = read_line(line, "de", True)
    assert (found.author, found.outlet, found.date.value if found.date else None) == (author, outlet, value)


@pytest.mark.parametrize(
    "line",
    ["Proteste am 5. Januar 2022 in Almaty", "Bericht 2021", "Quelle: Lage ist ernst", "Kern tritt ab"],
)
def test_a_heading_is_no_dateline(line):
    assert read_line(line, "de", True) is None


def test_who_published_it():
    body = f"BERLIN (dpa) - {BODY}\n\n{BODY}"
    assert read_text(f"Ein Titel\n\n{body}").outlet == "dpa"
    assert read_text(f"Ein Titel\n\n{body}", url="https://www.kurier.example/a").outlet == "kurier.example"
    assert (
        read_text(f"Ein Titel\n\n{body}", outlet="Der Kurier", url="https://kurier.example/a").outlet
        == "Der Kurier"
    )
    assert read_text(f"outlet: Der Bote\n\nEin Titel\n\n{body}").outlet == "Der Bote"
    assert (
        read_text(f"https://www.kurier.example/2021/05/19/x\n\nEin Titel\n\n{BODY}").outlet
        == "kurier.example"
    )
    assert read_text(f"Ein Titel\n\n{BODY}\n\nQuelle: Der Bote").outlet == "Der Bote"
    assert read_text(f"Ein Titel\n\n{BODY}").outlet is None


def test_its_own_address_is_no_link_but_dates_it():
    report = read_text(f"https://kurier.example/2021/05/19/x\n\nEin Titel\n\n{BODY}")
    assert report.links == ()
    assert (report.url, report.published, report.published_basis) == (
        "https://kurier.example/2021/05/19/x", "2021-05-19", "url",
    )  # fmt: skip


def test_a_first_sentence_is_no_title():
    report = read_text(f"{BODY}\n\n{BODY}")
    assert report.title is None
    assert [block.kind for block in report.blocks] == ["paragraph", "paragraph"]


def test_without_any_date_a_warning_says_what_to_do():
    report = read_text(f"Ein Titel\n\n{BODY}")
    assert (report.published, report.published_basis) == (None, "none")
    assert any("--published" in warning for warning in report.warnings)


def test_two_languages_the_main_one_and_a_warning():
    german = "Die Regierung hat den Notstand ausgerufen, und die Armee ist in der Stadt. " * 8
    english = "The government has declared an emergency and the army is in the city. " * 5
    report = read_text(f"{german}\n\n{german}\n\n{english}")
    assert report.language == "de"
    assert any("another language (en)" in warning for warning in report.warnings)


def test_a_live_blog_has_clock_lines_and_no_false_titles():
    report = read_text(f"Sturmflut im Ticker\n\n16:12\n\n{BODY}\n\n15.40 Uhr\n\n{BODY}")
    kinds = [block.kind for block in report.blocks]
    assert kinds == ["title", "dateline", "paragraph", "dateline", "paragraph"]


def test_an_interview_question_is_no_title():
    question = (
        "Bote: Frau Kern, in der Nacht gab es Tote am Kai. Tragen Sie dafür die Verantwortung, so viele?"
    )
    report = read_text(f"„Wir haben gewarnt“\n\n{question}\n\nKern: {BODY}")
    assert [block.kind for block in report.blocks] == ["title", "paragraph", "paragraph"]


def test_a_title_that_opens_like_a_field():
    report = read_text(f"Источник: министр обороны бежал на катере\n\n{BODY}")
    assert (report.title, report.outlet) == ("Источник: министр обороны бежал на катере", None)


def test_a_title_with_a_full_stop_above_a_dateline():
    report = read_text(f"The minister calls the plan mad.\n\nCORRIN (Alpine Wire) — {BODY}\n\n{BODY}")
    assert report.title == "The minister calls the plan mad."
    assert [block.kind for block in report.blocks] == ["title", "dateline", "paragraph", "paragraph"]
    assert read_text(f"The minister calls the plan mad.\n\n{BODY}").title is None
