import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.report.seal import ZEROS, check, seal

PAGE = (
    '<!doctype html>\n<meta name="session" content="k7qm-3fhn-x2pd-9wts">\n'
    f'<meta name="content-sha256" content="{ZEROS}">\n<p>Ünïcode, “quotes” 🎬</p>\r\n'
    f'<code class="seal">{ZEROS}</code>\n'
)
JSON = f'{{\n "session": "k7qm-3fhn-x2pd-9wts",\n "content_sha256": "{ZEROS}",\n "n": 1\n}}\n'
KINDS = {"page": PAGE, "json": JSON}
each_kind = pytest.mark.parametrize("text", KINDS.values(), ids=KINDS)


@each_kind
def test_the_hash_is_that_of_the_bytes_with_its_places_set_to_zeros(text: str) -> None:
    digest = hashlib.sha256(text.encode()).hexdigest()

    assert seal(text) == text.replace(ZEROS, digest)


@each_kind
def test_a_sealed_text_is_unchanged_and_names_its_session(text: str) -> None:
    sealed = seal(text)

    for content in (sealed, sealed.encode()):
        found = check(content)
        assert found.unchanged
        assert found.code == "k7qm-3fhn-x2pd-9wts"
        assert found.sha256 in sealed


@each_kind
@given(data=st.data())
def test_one_changed_character_is_found(text: str, data: st.DataObject) -> None:
    sealed = seal(text)
    place = data.draw(st.integers(0, len(sealed) - 1))
    other = data.draw(st.characters(exclude_characters=sealed[place]))

    assert not check(sealed[:place] + other + sealed[place + 1 :]).unchanged


@each_kind
@given(data=st.data())
def test_a_character_more_or_less_is_found(text: str, data: st.DataObject) -> None:
    sealed = seal(text)
    place = data.draw(st.integers(0, len(sealed) - 1))
    more = data.draw(st.text(min_size=1, max_size=3))

    assert not check(sealed[:place] + more + sealed[place:]).unchanged
    assert not check(sealed[:place] + sealed[place + 1 :]).unchanged


@each_kind
@given(data=st.data())
def test_one_changed_byte_is_found(text: str, data: st.DataObject) -> None:
    sealed = bytearray(seal(text).encode())
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))

    assert not check(bytes(sealed)).unchanged


@each_kind
def test_changed_line_endings_are_found(text: str) -> None:
    unix = seal(text).replace("\r\n", "\n")

    assert not check(unix.replace("\n", "\r\n").encode()).unchanged


@pytest.mark.parametrize(
    "typed",
    [
        ZEROS,
        "<code class=&#34;seal&#34;>" + "0" * 64 + "</code>",
        '\\"content_sha256\\": \\"' + "0" * 64 + '\\"',
    ],
)
def test_what_people_typed_is_no_place_for_the_hash(typed: str) -> None:
    sealed = seal(PAGE.replace("quotes", typed))
    found = check(sealed)

    assert found.unchanged
    assert typed in sealed
    assert not check(sealed.replace(typed, typed.replace(ZEROS, found.sha256))).unchanged


@pytest.mark.parametrize("text", ["", "no place", PAGE.replace(ZEROS, "a" * 64), seal(PAGE)])
def test_only_a_text_with_free_places_can_be_sealed(text: str) -> None:
    with pytest.raises(ValueError, match="64 zeros"):
        seal(text)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no hash of its own"),
        ("session,case\r\n", "no hash of its own"),
        (seal(PAGE).replace('class="seal">', 'class="seal">' + "b" * 64, 1), "carries the hash"),
        (b"\xff\xfe", "not UTF-8"),
        (PAGE.replace(ZEROS, "a" * 64, 1), "hashes that differ"),
        (seal(PAGE).replace("quotes", "Quotes"), "Ask for the report anew"),
        ("\ufeff" + seal(PAGE), "carries the hash"),
    ],
)
def test_what_is_not_as_it_was_is_said_in_words(content: str | bytes, said: str) -> None:
    found = check(content)

    assert not found.unchanged
    assert said in found.message
