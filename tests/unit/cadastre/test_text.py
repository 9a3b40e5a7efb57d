"""Persian text and the identifiers of land."""

from itertools import product

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.cadastre.importing import words
from api.cadastre.text import RegistrationPlate, RenovationCode, fold, stored
from api.core.errors import BadInput

_LETTERS = "ابپتسمهیيىكکآأإٱؤئةۀوہەےaAZ٠۱۹09 ـ.,،/-_\t"
_MARKS = "\u064b\u064e\u0651\u0652\u0653\u0654\u0655\u0670\u0610\u200c\u200b\u200e\ufeff"
PERSIAN = st.text(alphabet=_LETTERS + _MARKS, max_size=40)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("ي", "ی"),
        ("ى", "ی"),
        ("ك", "ک"),
        ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
        ("۰۱۲۳۴۵۶۷۸۹", "0123456789"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u200bا\u200eب\u200f\u202a\u202eپ\ufeff", "ابپ"),
        ("  دو   فاصله\t", "دو فاصله"),
        ("مُحَمَّد", "مُحَمَّد"),
        ("ة أ ؤ ئ", "ة أ ؤ ئ"),
        ("ا\u0653", "آ"),
        ("", ""),
    ],
)
def test_text_as_it_is_kept(given: str, expected: str) -> None:
    """Only ی, ک, digits, invisible marks and spaces are changed: a legal name stays as it was written."""
    assert stored(given) == expected


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("خيابان كريم‌خان", "خیابان کریم خان"),
        ("مدرسة", "مدرسه"),
        ("أحمد إمامي ٱلله", "احمد امامی الله"),
        ("مؤمن", "مومن"),
        ("رئیس", "رییس"),
        ("مُحَمَّدـــی", "محمدی"),
        ("کوچۀ ۷، پلاک ۱۲/۳", "کوچه 7 پلاک 12 3"),
        ("کوچهٔ", "کوچه"),
        ("آزادی", "آزادی"),
        ("Main ST", "main st"),
        ("۱۲٫۵", "12 5"),
        ("ـ", ""),
    ],
)
def test_text_as_it_is_searched(written: str, searched: str) -> None:
    """Letters that people interchange are one, marks are gone, a half-space parts words."""
    assert fold(written) == searched


@given(PERSIAN)
def test_folding_twice_is_folding_once(text: str) -> None:
    """What is folded already stays as it is, and so does what is stored."""
    assert fold(fold(text)) == fold(text)
    assert stored(stored(text)) == stored(text)
    assert fold(stored(text)) == fold(text)


@settings(max_examples=400)
@given(st.lists(st.one_of(st.none(), PERSIAN, st.text(max_size=20)), max_size=20))
def test_whole_columns_say_the_same(texts: list[str | None]) -> None:
    """A column is folded as each of its values is; empty text is null."""
    column = pa.array(texts, pa.string())
    assert words.fold_all(column).to_pylist() == [(fold(t) or None) if t else None for t in texts]
    assert words.stored_all(column).to_pylist() == [(stored(t) or None) if t else None for t in texts]


def test_letters_and_marks_join_in_a_column_as_they_do_alone() -> None:
    """Every three of the letters and marks that may join or change places, in a column as one by one."""
    codes = [*range(0x621, 0x628), 0x647, 0x648, 0x64A, 0x6CC, *range(0x64B, 0x657), 0x670, 0x6C0, 0x6C1]
    letters = [chr(code) for code in (*codes, 0x6D2, 0x6D5, 0x6D6, 0x20, 0x200C)]
    texts = ["".join(three) for three in product(letters, repeat=3)]
    column = pa.array(texts)
    assert words.fold_all(column).to_pylist() == [fold(text) or None for text in texts]
    assert words.stored_all(column).to_pylist() == [stored(text) or None for text in texts]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1", "1-0-0-0-0-0-0"),
        ("1-2-3", "1-2-3-0-0-0-0"),
        ("۱-۲-۳-۴-۵-۶-۷", "1-2-3-4-5-6-7"),
        (" 01 / 002.3 4 ", "1-2-3-4-0-0-0"),
        ("201-1-1-1-1-0-12", "201-1-1-1-1-0-12"),
        ("999999999", "999999999-0-0-0-0-0-0"),
    ],
)
def test_renovation_codes(written: str, code: str) -> None:
    """One to seven numbers, absent levels 0."""
    assert str(RenovationCode.parse(written)) == code


@pytest.mark.parametrize(
    "written", ["", "-", "1-2-3-4-5-6-7-8", "1--2", "a-1", "1-2-", "-1", "1234567890", "1-²"]
)
def test_what_is_no_renovation_code(written: str) -> None:
    """Eight numbers, gaps, letters, numbers longer than nine digits."""
    with pytest.raises(BadInput) as caught:
        RenovationCode.parse(written)
    assert caught.value.code == "renovation_code_invalid"


@pytest.mark.parametrize(
    ("written", "canonical", "text"),
    [
        ("45", ":::45::", "45 اصلی"),
        ("123/45", ":::45:123:", "123 فرعی از 45 اصلی"),
        ("۴۵ اصلي", ":::45::", "45 اصلی"),
        ("پلاک ثبتی ۱۲۳ فرعی از ۴۵ اصلی", ":::45:123:", "123 فرعی از 45 اصلی"),
        ("پلاک ۴۵ بخش ۳", ":3::45::", "45 اصلی بخش 3"),
        (
            "۱۲۳ فرعی از ۴۵ اصلی قطعه ۶ بخش ۵ ناحیه ۲ اصفهان",
            "اصفهان:5:2:45:123:6",
            "123 فرعی از 45 اصلی قطعه 6 ناحیه 2 بخش 5 اصفهان",
        ),
        ("0 فرعی از 7 اصلی", ":::7:0:", "0 فرعی از 7 اصلی"),
    ],
)
def test_registration_plates(written: str, canonical: str, text: str) -> None:
    """The tuple, its key in which equal plates are equal, and its written form, which reads back the same."""
    plate = RegistrationPlate.parse(written)
    assert plate.canonical == canonical
    assert str(plate) == text
    assert RegistrationPlate.parse(text) == plate


@pytest.mark.parametrize(
    "written", ["", "فرعی از اصلی", "بخش ۵", "۱۲ ۱۳", "یک فرعی از دو اصلی", "1/2/3", "-5"]
)
def test_what_is_no_registration_plate(written: str) -> None:
    """No main number, or numbers that nobody placed."""
    with pytest.raises(BadInput) as caught:
        RegistrationPlate.parse(written)
    assert caught.value.code == "registration_plate_invalid"
