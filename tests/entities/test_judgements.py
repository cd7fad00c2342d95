"""What a person decided stands: over the program, over rebuilds, until withdrawn."""

from __future__ import annotations

from msgspec.structs import replace

from sayso.entities.ambiguity import find_doubts
from tests.entities.readings import Resolved, judge, reading

GERMAN = reading("1", "de", "Olaf Brenner kam.", ("person", "Olaf Brenner"))
OTHER = reading("2", "de", "Olav Branner ging.", ("person", "Olav Branner"))
RUSSIAN = reading("3", "ru", "Олаф Бреннер ушёл.", ("person", "Олаф Бреннер"))


def test_same_joins_what_the_program_keeps_apart():
    a, b = Resolved(GERMAN, OTHER).ids("Olaf Brenner", "Olav Branner")
    case = Resolved(GERMAN, OTHER, judgements=(judge("same", a, b),))
    assert len(case.ids("Olaf Brenner", "Olav Branner")) == 1


def test_different_keeps_apart_what_the_program_joins():
    (german,), (russian,) = Resolved(GERMAN).ids("Olaf Brenner"), Resolved(RUSSIAN).ids("Олаф Бреннер")
    assert len(Resolved(GERMAN, RUSSIAN).ids("Olaf Brenner", "Олаф Бреннер")) == 1
    case = Resolved(GERMAN, RUSSIAN, judgements=(judge("different", german, russian),))
    assert len(case.ids("Olaf Brenner", "Олаф Бреннер")) == 2


def test_of_two_judgements_the_later_counts_and_withdrawn_ones_do_not():
    a, b = Resolved(GERMAN, OTHER).ids("Olaf Brenner", "Olav Branner")
    same, different = judge("same", a, b, "2026-01-01"), judge("different", b, a, "2026-01-02")
    both = ("Olaf Brenner", "Olav Branner")
    assert len(Resolved(GERMAN, OTHER, judgements=(different, same)).ids(*both)) == 2
    withdrawn = replace(different, withdrawn="2026-01-03")
    assert len(Resolved(GERMAN, OTHER, judgements=(withdrawn, same)).ids(*both)) == 1


def test_a_judgement_outlives_a_rebuild_with_more_reports():
    a, b = Resolved(GERMAN, OTHER).ids("Olaf Brenner", "Olav Branner")
    case = Resolved(GERMAN, OTHER, RUSSIAN, judgements=(judge("same", a, b),))
    assert len(case.ids("Olaf Brenner", "Olav Branner", "Олаф Бреннер")) == 1


def test_a_mention_can_be_taken_out_of_its_entity_and_put_into_another():
    case = Resolved(GERMAN, OTHER)
    mention = OTHER[1].mentions[0].id
    (german,), (other,) = case.ids("Olaf Brenner"), case.ids("Olav Branner")
    moved = Resolved(GERMAN, OTHER, judgements=(judge("same", mention, german),))
    assert moved.resolution.mention_entities[mention] == german
    alone = Resolved(GERMAN, OTHER, judgements=(judge("different", mention, other),))
    assert alone.resolution.mention_entities[mention] not in (german, other)


def test_doubts_list_near_names_and_look_alikes_but_not_what_was_judged():
    fake = reading("4", "de", "Olаf Brenner log.", ("person", "Olаf Brenner"))
    case = Resolved(GERMAN, OTHER, fake)
    doubts = find_doubts(case.resolution.entities)
    assert any("mixes" in doubt.reason for doubt in doubts)
    pair = next(d for d in doubts if {d.left_name, d.right_name} == {"Olaf Brenner", "Olav Branner"})
    assert not pair.merged
    left = find_doubts(case.resolution.entities, [judge("different", pair.left, pair.right)])
    assert pair not in left
