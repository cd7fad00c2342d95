"""The order of readings changes nothing, and no name breaks anything."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.entities import resolve
from sayso.entities.ambiguity import find_doubts
from sayso.entities.gazetteer import find_places
from sayso.records import Annotations, Mention, Report
from tests.entities.readings import reading

READINGS = [
    reading("1", "de", "Olaf Brenner aus Kiew sprach mit Reuters.", ("person", "Olaf Brenner"), ("place", "Kiew"), ("outlet", "Reuters")),
    reading("2", "ru", "Олаф Бреннер в Киеве.", ("person", "Олаф Бреннер"), ("place", "Киеве"), outlet="Степной край"),
    reading("3", "en", "O. Brenner and Paula Brenner met the Civic Front.", ("person", "O. Brenner"), ("person", "Paula Brenner"), ("organisation", "Civic Front")),
    reading("4", "de", "Die Bürgerfront in Zeltow.", ("organisation", "Bürgerfront"), ("place", "Zeltow"), outlet="Stepnoi Krai"),
    reading("5", "ru", "Полиция Зельтова и Гражданский фронт.", ("organisation", "Полиция"), ("place", "Зельтова"), ("organisation", "Гражданский фронт")),
    reading("6", "en", "Brenner spoke to the interior ministry of Norway.", ("person", "Brenner"), ("organisation", "interior ministry"), ("place", "Norway")),
]  # fmt: skip


@given(st.permutations(READINGS))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_order_of_readings_does_not_matter(shuffled):
    assert resolve(shuffled) == resolve(READINGS)


_KINDS = st.sampled_from(["person", "organisation", "place", "outlet", "group", "product", "event_name"])
_NAMES = st.one_of(
    st.text(min_size=1, max_size=30),
    st.sampled_from(
        ["\u200b", "7", "Ж", "🙂", "a" * 5000, "А Б " * 1200, "-", "der", "'", "ß", "Pаvlov", "й", "Dr."]
    ),
)


@given(st.lists(st.tuples(_KINDS, _NAMES, st.sampled_from(["de", "en", "ru", "und", "fr"])), max_size=12))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_name_breaks_resolving(named):
    readings = []
    for number, (kind, name, language) in enumerate(named):
        key = f"rep-{number}"
        report = Report(
            id=key, path=key, sha256=key, media_type="text/plain", text=name, language=language, outlet=name
        )
        mention = Mention(id=f"men-{number}", report=key, spans=((0, len(name)),), text=name, kind=kind)
        readings.append((report, Annotations(report=key, annotator="hand", mentions=(mention,))))
    resolution = resolve(readings)
    ids = {entity.id for entity in resolution.entities}
    assert set(resolution.mention_entities.values()) <= ids
    assert set(resolution.outlet_of_report.values()) <= ids
    find_doubts(resolution.entities)


def test_places_at_the_edge_of_the_map():
    assert find_places("Longyearbyen")[0].lat > 78
    fiji = find_places("Suva")[0]
    assert abs(fiji.lon) > 178
    assert find_places("") == find_places("\u200b") == ()
