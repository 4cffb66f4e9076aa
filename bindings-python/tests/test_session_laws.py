"""Laws of sessions, held against random edits."""

from __future__ import annotations

from typing import Any

import hypothesis.strategies as st
from conftest import PACK
from hypothesis import HealthCheck, given, settings

import spelregel as sr

IDS = st.sampled_from(["klimaat", "co2", "lucht", "jansen", "opdrachtgever", "nobody"])
KINDS = st.sampled_from(["Programme", "Goal", "Person", "Role", "Nothing"])
RELATIONS = st.sampled_from(["pursues", "owned_by", "has_role", "held_by", "role_in", "nothing"])
VALUES: st.SearchStrategy[tuple[str, Any]] = st.one_of(
    st.tuples(st.just("name"), st.text(max_size=8)),
    st.tuples(st.just("phase"), st.sampled_from(["explore", "design", "deliver", "nothing"])),
    st.tuples(st.just("horizon"), st.dates().map(str)),
    st.tuples(st.just("role_type"), st.sampled_from(["commissioner", "programme_manager"])),
)
EDITS = st.one_of(
    st.builds(lambda kind, one, field: sr.Edit.put(kind, one, dict([field])), KINDS, IDS, VALUES),
    st.builds(sr.Edit.put, KINDS, IDS),
    st.builds(sr.Edit.remove, IDS),
    st.builds(lambda one, field: sr.Edit.set(one, *field), IDS, VALUES),
    st.builds(sr.Edit.clear, IDS, st.sampled_from(["name", "horizon"])),
    st.builds(sr.Edit.link, IDS, RELATIONS, IDS),
    st.builds(sr.Edit.unlink, IDS, RELATIONS, IDS),
    st.builds(sr.Edit.open, KINDS),
    st.builds(lambda one: sr.Edit.deviate("goal-owned", one, reason="Later"), IDS),
    st.builds(sr.Edit.date, st.dates()),
)
START = {
    "programmes": [{"id": "klimaat", "phase": "design", "pursues": ["co2"]}],
    "goals": [{"id": "co2"}],
    "persons": [{"id": "jansen"}],
    "roles": [{"id": "opdrachtgever", "role_type": "commissioner", "role_in": ["klimaat"]}],
}
RULES = sr.RuleSet.compile(sr.Pack.load(text=PACK))


def told(finding: sr.Finding) -> str:
    """A finding wherever it is written."""
    return repr((finding.fingerprint, finding.verdict, finding.message, finding.missing))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(EDITS, max_size=12))
def test_what_a_session_finds_is_what_a_check_finds(edits: list[sr.Edit]) -> None:
    start = sr.Model.load(START)
    live = sr.Session(start, RULES, at="2026-06-01")
    kept = {told(finding) for finding in live.findings}
    made = 0
    for edit in edits:
        before = live.model
        try:
            supposed = live.what_if(edit)
            delta = live.apply(edit)
        except sr.EditError:
            assert live.model == before
            continue
        made += 1
        assert delta == supposed
        kept -= {told(finding) for finding in delta.went}
        kept -= {told(change.before) for change in delta.changed}
        kept |= {told(finding) for finding in delta.appeared}
        kept |= {told(change.after) for change in delta.changed}
        found = RULES.check(live.model, at=live.at)
        assert live.findings == found.findings or [told(f) for f in live.findings] == [
            told(f) for f in found
        ]
        assert kept == {told(finding) for finding in found}
    while live.undo() is not None:
        made -= 1
    assert live.model == start
