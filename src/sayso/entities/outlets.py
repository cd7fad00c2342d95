"""Resolve outlets: who published each report, by name and by domain; then the outlets that texts name."""

from __future__ import annotations

from sayso.entities.clusters import node
from sayso.entities.known import KnownOutlet, domain_of, find_outlet, fold_name
from sayso.entities.likeness import Form
from sayso.entities.sightings import Work
from sayso.languages import base_language

SHARED_HOSTS = frozenset(
    [
        "t.me",
        "telegram.me",
        "facebook.com",
        "youtube.com",
        "youtu.be",
        "twitter.com",
        "x.com",
        "vk.com",
        "instagram.com",
        "tiktok.com",
        "medium.com",
        "livejournal.com",
        "blogspot.com",
        "wordpress.com",
        "substack.com",
        "ok.ru",
        "rumble.com",
        "archive.org",
        "web.archive.org",
        "archive.ph",
        "news.google.com",
        "msn.com",
        "news.yahoo.com",
        "yahoo.com",
        "dzen.ru",
        "reddit.com",
    ]
)
"""Domains on which many outlets publish: they tell nothing about identity."""


_SURELY = 1000
"""How much it weighs that somebody published a report, against mentions read as something else."""


def outlet_form(name: str, language: str) -> Form:
    """Give the form an outlet's or organisation's name is compared in."""
    return fold_name(name), base_language(language)


def see_known(work: Work, known: KnownOutlet) -> str:
    """Give the node of an outlet the world knows."""
    seen = node("outlet", known.key)
    sighting = work.sightings[seen]
    sighting.known_name, sighting.country = known.name, known.country
    sighting.kinds["outlet"] = max(sighting.kinds["outlet"], _SURELY)
    sighting.domains.update(known.domains)
    return seen


def resolve_outlets(work: Work) -> list[Form]:
    """Give each report its outlet; give the forms of their names, to meet those that texts name."""
    forms = []
    for report, _ in work.readings:
        domain = domain_of(report.url)
        domain = None if domain in SHARED_HOSTS else domain
        name = report.outlet or domain
        if not name or not fold_name(name):
            continue
        form = outlet_form(name, report.language)
        seen = node("name", form[0])
        known = find_outlet(name) or (find_outlet(domain) if domain else None)
        if known:
            work.union.join(seen, see_known(work, known))
        if domain:
            work.domain_nodes[domain] = node("domain", domain)
            work.union.join(seen, work.domain_nodes[domain])
            work.sightings[seen].domains.add(domain)
        sighting = work.sightings[seen]
        sighting.names[name, form[1]] += 1
        sighting.kinds["outlet"] += _SURELY
        work.outlet_nodes[report.id] = seen
        forms.append(form)
    return forms
