"""Each identifier once, and the complainant's mark on all that is hers."""

from comity.facts import Finding, Value, clean
from comity.facts.merge import merged
from comity.text import say


def one(kind: str, text: str, *, hers: bool = False, where: str = "1") -> Finding:
    return Finding(
        value=clean(kind, text),
        where=say("Line %(number)s", number=where),
        excerpt=text,
        is_complainant=hers,
    )


def values(findings: tuple[Finding, ...]) -> list[Value]:
    return [found.value for found in findings]


def test_the_first_place_stands() -> None:
    listed = merged(
        [
            one("email_address", "ola@evil.com", where="1"),
            one("domain", "evil.com"),
            one("email_address", "OLA@evil.com", where="2"),
        ]
    )
    assert [found.kind for found in listed] == ["email_address", "domain"]
    assert str(listed[0].where) == "Line 1"


def test_the_same_text_as_two_kinds_is_two_findings() -> None:
    assert len(merged([one("domain", "evil.com"), one("url", "evil.com")])) == 2


def test_the_mark_of_the_complainant_wins_wherever_it_stands() -> None:
    first, _ = merged(
        [
            one("email_address", "Ola@victim.com"),
            one("email_address", "kari@evil.com"),
            one("email_address", "ola@victim.com", hers=True),
        ]
    )
    assert first.is_complainant
    assert not _.is_complainant


def test_a_link_that_holds_her_address_is_hers_and_says_why() -> None:
    hers = one("email_address", "ola@victim.com", hers=True)
    for link in ("http://evil.com/?u=ola@victim.com", "http://evil.com/?u=Ola%40victim.com"):
        marked, _ = merged([one("url", link), hers])
        assert marked.is_complainant
        assert "holds the complainant's address" in str(marked.notes[0])


def test_any_other_link_is_not_hers() -> None:
    hers = one("email_address", "ola@victim.com", hers=True)
    plain, _ = merged([one("url", "http://evil.com/?u=kari"), hers])
    assert not plain.is_complainant
    assert plain.notes == ()


def test_a_domain_of_her_provider_is_hers() -> None:
    hers = one("email_address", "ola@mail.victim.com", hers=True)
    theirs, other, _ = merged([one("domain", "mx.victim.com"), one("domain", "evil.com"), hers])
    assert theirs.is_complainant
    assert not other.is_complainant


def test_domains_of_unknown_endings_are_not_taken_for_each_other() -> None:
    hers = one("email_address", "ola@victim.newending", hers=True)
    other, _ = merged([one("domain", "evil.newending"), hers])
    assert not other.is_complainant


def test_without_a_complainant_nothing_is_hers() -> None:
    listed = merged([one("url", "http://evil.com/"), one("domain", "evil.com")])
    assert not any(found.is_complainant for found in listed)


def test_a_bare_address_is_left_out_where_it_stands_with_its_time() -> None:
    bare = one("connection", "81.2.69.142")
    timed = one("connection", "81.2.69.142 2026-05-01 12:03:27Z")
    unzoned = one("connection", "81.2.69.142 2026-05-01 12:03:27")
    assert values(merged([bare, timed])) == [timed.value]
    assert values(merged([bare, unzoned])) == [unzoned.value]
    assert values(merged([bare])) == [bare.value]


def test_a_bare_address_with_a_port_is_kept() -> None:
    ported = one("connection", "81.2.69.142:51234")
    timed = one("connection", "81.2.69.142 2026-05-01 12:03:27Z")
    assert values(merged([ported, timed])) == [ported.value, timed.value]


def test_another_bare_address_is_kept() -> None:
    bare = one("connection", "81.2.69.143")
    timed = one("connection", "81.2.69.142 2026-05-01 12:03:27Z")
    assert values(merged([bare, timed])) == [bare.value, timed.value]


def test_only_a_private_address_is_ours() -> None:
    assert one("connection", "10.0.0.7").ours
    assert not one("connection", "81.2.69.142").ours
    assert not one("domain", "evil.com").ours
