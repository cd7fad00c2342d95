"""Know outlets by name: most corpora call them organisations and nothing more."""

from __future__ import annotations

import re

from training.corpora import Mention

NAMES = """
Reuters|AFP|Agence France-Presse|AP|Associated Press|dpa|DPA|UPI|Bloomberg|ANSA|APA|EFE|Xinhua|KNA|epd|SID|
BBC|CNN|NBC|NBC News|ABC News|CBS|CBS News|Fox News|MSNBC|NPR|PBS|Al Jazeera|Al-Jazeera|Al Arabiya|Sky News|
The New York Times|New York Times|The Washington Post|Washington Post|The Guardian|The Times|Financial Times|
The Wall Street Journal|Wall Street Journal|USA Today|Politico|Breitbart|HuffPost|Huffington Post|The Hill|
Los Angeles Times|Chicago Tribune|Daily Mail|The Sun|The Independent|The Daily Telegraph|The Economist|Time|
Newsweek|BuzzFeed|The Atlantic|The New Yorker|Vox|Slate|The Intercept|Der Spiegel|Spiegel|Spiegel Online|
Die Zeit|Zeit Online|Süddeutsche Zeitung|Frankfurter Allgemeine Zeitung|FAZ|Bild|Bild-Zeitung|BILD|taz|
Die Welt|Welt am Sonntag|Bild am Sonntag|Focus|Stern|Handelsblatt|Tagesspiegel|Der Tagesspiegel|ARD|ZDF|
Tagesschau|Deutschlandfunk|Deutsche Welle|NDR|WDR|MDR|SWR|BR|RBB|RTL|n-tv|ORF|Der Standard|Die Presse|SRF|NZZ|
Neue Zürcher Zeitung|Frankfurter Rundschau|Berliner Zeitung|Heise|Telepolis|Le Monde|Le Figaro|Libération|
El País|La Repubblica|Corriere della Sera|Haaretz|Jerusalem Post|Interfax|ITAR-TASS|TASS|RIA Novosti|RIA|
Russia Today|RT|Kommersant|Novaya Gazeta|Meduza|Lenta.ru|Gazeta.Ru|Vedomosti|Ukrinform|Ukrainska Pravda|
Kyiv Post|Unian|Wikinews|Интерфакс|ИТАР-ТАСС|ТАСС|РИА Новости|РИА «Новости»|РИА|Коммерсантъ|Коммерсант|
Ведомости|Новая газета|Новой газеты|Известия|Комсомольская правда|Российская газета|Lenta.Ru|Лента.ру|
Газета.Ru|Газета.ру|РБК|Эхо Москвы|Первый канал|Первого канала|НТВ|ВГТРК|Россия 24|Дождь|Медуза|Фонтанка|
Regnum|REGNUM|Росбалт|Рейтер|Франс Пресс|Ассошиэйтед Пресс|Би-би-си|Си-эн-эн|Синьхуа|Аль-Джазира|УНИАН|
Укринформ|Украинская правда|Викиновости|Радио Свобода|Радио Свободы|Вечерняя Москва|Московский комсомолец|
Аргументы и факты|Голос Америки|Нью-Йорк таймс|Вашингтон пост|Русская служба Би-би-си
"""
KNOWN = frozenset(name.strip().casefold() for name in NAMES.replace("\n", "").split("|"))
MARKS = re.compile(r"[\"'„“”«»‚‘’]")


def narrowed(text: str, mentions: list[Mention]) -> list[Mention]:
    """Narrow a mention that may be an outlet to outlet where its name is one, else away from it."""
    return [Mention(m.start, m.end, _kinds(text[m.start : m.end], m.kinds)) for m in mentions]


def _kinds(name: str, kinds: tuple[str, ...]) -> tuple[str, ...]:
    if "outlet" not in kinds:
        return kinds
    known = MARKS.sub("", name).strip().casefold() in KNOWN
    return ("outlet",) if known else tuple(kind for kind in kinds if kind != "outlet")
