"""The words of an address as the database searches them."""

from collections.abc import Iterator

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.cadastre.importing import words
from api.cadastre.importing.lexemes import LONGEST, MOST, lexemes


def vectors(texts: list[str | None]) -> list[list[str]]:
    """The words that each text is searched by."""
    found = lexemes(pa.array(texts, pa.string()))
    bodies = [found.data[a:b].tobytes() for a, b in zip(found.offsets[:-1], found.offsets[1:], strict=True)]
    return [list(_read(body)) for body in bodies]


def _read(body: bytes) -> Iterator[str]:
    count, rest = int.from_bytes(body[:4], "big"), body[4:]
    for _ in range(count):
        word, _, rest = rest.partition(b"\0")
        assert rest[:2] == b"\0\0"
        rest = rest[2:]
        yield word.decode()
    assert rest == b""


@given(st.lists(st.none() | st.text(max_size=40), max_size=8))
@settings(deadline=None, max_examples=200)
def test_the_words_are_those_of_the_folded_text(texts: list[str | None]) -> None:
    """Each word once, in the order of its bytes, whatever the text is."""
    folded = words.fold_all(pa.array(texts, pa.string()))
    expected = [sorted({w.encode() for w in (one or "").split()}) for one in folded.to_pylist()]
    assert vectors(folded.to_pylist()) == [[w.decode() for w in one] for one in expected]


@pytest.mark.parametrize("length", [LONGEST, LONGEST + 1])
def test_a_word_too_long_for_the_database_is_left_out(length: int) -> None:
    """The longest word that the database takes can be searched; one byte more and it is left out, alone."""
    kept = ["x" * length] * (length <= LONGEST)
    assert vectors([f"a {'x' * length} y"]) == [["a", *kept, "y"]]


def test_of_very_many_words_the_first_can_be_searched() -> None:
    """Words after the 256th different one are left out; repeated ones do not count."""
    many = [f"w{n:04}" for n in range(MOST + 1)]
    assert vectors([" ".join([many[0], *many])]) == [many[:MOST]]
