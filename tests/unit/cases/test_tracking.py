"""Tracking codes: what is read, and which mistakes are noticed."""

import pytest

from api.cases.tracking import check_digit, new_code, read_code
from api.core.errors import BadInput


def test_every_wrong_digit_is_noticed() -> None:
    """Any one digit read as another one is refused."""
    code = new_code()
    digits = code.replace("-", "")
    for place, right in enumerate(digits):
        for wrong in "0123456789":
            if wrong != right:
                with pytest.raises(BadInput, match="do not fit"):
                    read_code(digits[:place] + wrong + digits[place + 1 :])


def test_every_swap_of_neighbours_is_noticed() -> None:
    """Two neighbouring digits in the wrong order are refused."""
    for _ in range(20):
        digits = new_code().replace("-", "")
        for place in range(15):
            swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
            if swapped != digits:
                with pytest.raises(BadInput):
                    read_code(swapped)


def test_code_is_read_in_any_script_and_grouping() -> None:
    """Persian and Arabic digits, spaces or no separators name the same request."""
    code = new_code()
    plain = code.replace("-", "")
    assert read_code(plain.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))) == code
    assert read_code(plain.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))) == code
    assert read_code(code.replace("-", " ")) == code


@pytest.mark.parametrize("text", ["", "1", "abcd-efgh-ijkl-mnop", "²" * 16, "1" * 17, "\x00" * 16])
def test_what_is_no_code_is_refused(text: str) -> None:
    """Anything but sixteen digits is refused with the place."""
    with pytest.raises(BadInput) as refused:
        read_code(text)
    assert refused.value.where == "tracking_code"


def test_codes_do_not_repeat_or_begin_with_zero() -> None:
    """A thousand codes are all different and keep their first digit in a spreadsheet."""
    codes = {new_code() for _ in range(1000)}
    assert len(codes) == 1000
    assert all(code[0] != "0" for code in codes)


def test_check_digit_of_damms_own_example() -> None:
    """The example of Damm's thesis: 572 has the check digit 4, and 5724 checks to 0."""
    assert (check_digit("572"), check_digit("5724")) == ("4", "0")
