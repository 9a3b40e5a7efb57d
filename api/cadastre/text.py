"""Persian text and the identifiers of land: how they are stored, compared and read."""

import re
import unicodedata
from dataclasses import dataclass

from api.core.errors import BadInput

_INVISIBLE = dict.fromkeys(
    [0x0000, 0x200B, 0x200D, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
)
_LETTERS = {ord("ي"): "ی", ord("ى"): "ی", ord("ك"): "ک"}
_DIGITS = {zero + n: str(n) for zero in (0x0660, 0x06F0) for n in range(10)}
_STORED = {**_LETTERS, **_DIGITS}
# Alef with madda stays: آ and ا begin different words. NFC has joined hamza with its carrier before.
_SEARCH = {
    **{
        ord(a): b
        for a, b in (("ة", "ه"), ("ۀ", "ه"), ("أ", "ا"), ("إ", "ا"), ("ٱ", "ا"), ("ؤ", "و"), ("ئ", "ی"))
    },
    0x0640: None,
    **dict.fromkeys(range(0x064B, 0x0656)),
    0x0670: None,
    0x200C: " ",
}
_WORD = re.compile(r"[^\W_]+")


def stored(text: str) -> str:
    """Text as it is kept: Persian ی and ک, ASCII digits, no invisible marks, single spaces, NFC; ZWNJ stays.

    Nothing else of a legal name is changed (domain 4.10).

    >>> stored("  كوچه‌ي   ۱۲ ")
    'کوچه‌ی 12'
    >>> stored("")
    ''
    """
    return " ".join(unicodedata.normalize("NFC", text.translate(_INVISIBLE)).translate(_STORED).split())


def fold(text: str) -> str:
    """Text as it is searched: letters that people interchange made one, marks and punctuation gone.

    ZWNJ separates words here, case is folded, digits are ASCII (domain 4.10).

    >>> fold("خيابان شهيد مُطهّري، كوچهٔ ۷")
    'خیابان شهید مطهری کوچه 7'
    >>> fold("می‌خواهم") == fold("مي خواهم")
    True
    >>> fold("آزادی") == fold("ازادی")
    False
    >>> fold("")
    ''
    """
    return " ".join(_WORD.findall(stored(text).translate(_SEARCH).casefold()))


@dataclass(frozen=True)
class RenovationCode:
    """The seven numbers that name a node of property: 0 where the level is absent (domain 4.5)."""

    district: int
    region: int
    block: int
    house: int
    building: int
    apartment: int
    shop: int

    @classmethod
    def parse(cls, text: str) -> "RenovationCode":
        """Read a code of one to seven numbers joined by a hyphen, slash, dot or space; absent levels are 0.

        >>> str(RenovationCode.parse("۱-۲-۳-۴"))
        '1-2-3-4-0-0-0'
        >>> str(RenovationCode.parse("201/5/17/3/1/12/0"))
        '201-5-17-3-1-12-0'
        >>> RenovationCode.parse("")
        Traceback (most recent call last):
        ...
        api.core.errors.BadInput: A renovation code is one to seven whole numbers joined by hyphens, not ''.
        """
        parts = re.split(r" ?[-/.] ?| ", stored(text))
        if not 1 <= len(parts) <= 7 or not all(p.isascii() and p.isdigit() and len(p) <= 9 for p in parts):
            raise BadInput(
                "renovation_code_invalid",
                f"A renovation code is one to seven whole numbers joined by hyphens, not {text!r}.",
                given=text,
            )
        numbers = [int(p) for p in parts] + [0] * (7 - len(parts))
        return cls(*numbers)

    def __str__(self) -> str:
        return "-".join(str(n) for n in self.numbers)

    @property
    def numbers(self) -> tuple[int, int, int, int, int, int, int]:
        """The seven numbers from district to shop."""
        return (
            self.district, self.region, self.block, self.house, self.building, self.apartment, self.shop,
        )  # fmt: skip


@dataclass(frozen=True)
class RegistrationPlate:
    """A registration plate (پلاک ثبتی): its numbers and what places them (domain 4.6); None: not said."""

    main: int
    sub: int | None = None
    lot: int | None = None
    section: int | None = None
    area: int | None = None
    unit: str | None = None

    @classmethod
    def parse(cls, text: str) -> "RegistrationPlate":
        """Read the written form `۱۲۳ فرعی از ۴۵ اصلی قطعه ۶ بخش ۵ اصفهان` or the short `123/45` (sub/main) or `45`.

        >>> plate = RegistrationPlate.parse("۱۲۳ فرعي از ۴۵ اصلي قطعه ۶ بخش ۵ اصفهان")
        >>> plate.sub, plate.main, plate.lot, plate.section, plate.unit
        (123, 45, 6, 5, 'اصفهان')
        >>> plate.canonical
        'اصفهان:5::45:123:6'
        >>> RegistrationPlate.parse("123/45").main
        45
        >>> RegistrationPlate.parse("چهل و پنج")
        Traceback (most recent call last):
        ...
        api.core.errors.BadInput: A registration plate names its main number, as in «123 فرعی از 45 اصلی» or 123/45; this one does not: 'چهل و پنج'.
        """  # noqa: E501
        words = fold(text.replace("/", " / ")).split()
        short = re.fullmatch(r"(?:(\d{1,9})\s*/\s*)?(\d{1,9})", stored(text))
        if short:
            return cls(main=int(short[2]), sub=int(short[1]) if short[1] else None)
        found: dict[str, int] = {}
        rest: list[str] = []
        before = {"فرعی": "sub", "اصلی": "main"}
        after = {"قطعه": "lot", "بخش": "section", "ناحیه": "area", "پلاک": "main"}
        at = 0
        while at < len(words):
            word, following = words[at], words[at + 1] if at + 1 < len(words) else ""
            if _number(word) and following in before:
                found[before[following]] = int(word)
                at += 2
            elif word in after and _number(following) and words[at + 2 : at + 3] not in (["فرعی"], ["اصلی"]):
                found[after[word]] = int(following)
                at += 2
            else:
                rest.extend([] if word in _FILLERS else [word])
                at += 1
        if "main" not in found or any(_number(w) for w in rest):
            raise BadInput(
                "registration_plate_invalid",
                "A registration plate names its main number, as in «123 فرعی از 45 اصلی» or 123/45; "
                f"this one does not: {text!r}.",
                given=text,
            )
        return cls(**found, unit=" ".join(rest) or None)

    @classmethod
    def joined(cls, text: str) -> "tuple[RegistrationPlate, ...]":
        """What two numbers joined by «از», a slash or a hyphen may mean, the surest first; else nothing.

        Where one of them says that it is فرعی or اصلی, the order is said. Where none does, the first is the
        sub number, as a deed writes it («۱۲۳ فرعی از ۴۵ اصلی»); the second reading is the reverse.

        >>> [str(plate) for plate in RegistrationPlate.joined("۱۲۳ فرعی از ۴۵ بخش ۲")]
        ['123 فرعی از 45 اصلی بخش 2']
        >>> [str(plate) for plate in RegistrationPlate.joined("پلاک ۱۲۳ از ۴۵")]
        ['123 فرعی از 45 اصلی', '45 فرعی از 123 اصلی']
        >>> RegistrationPlate.joined("خیابان ۱۲-۱۴"), RegistrationPlate.joined("")
        ((), ())
        """
        found = _JOINED.fullmatch(stored(text))
        if found is None:
            return ()
        first, said, second, said_second, rest = found.groups(default="")
        if said == said_second != "":
            return ()
        orders = [(first, second), (second, first)]
        if said or said_second:
            orders = orders[:1] if said == "فرعی" or said_second == "اصلی" else orders[1:]
        return tuple(dict.fromkeys(cls.parse(f"{sub} فرعی از {main} اصلی{rest}") for sub, main in orders))

    @property
    def canonical(self) -> str:
        """Key in which equal plates are equal: unit:section:area:main:sub:lot, empty where not said."""
        parts = (self.unit, self.section, self.area, self.main, self.sub, self.lot)
        return ":".join("" if p is None else str(p) for p in parts)

    def __str__(self) -> str:
        """The written form in Persian, digits ASCII as stored.

        >>> str(RegistrationPlate(main=45, sub=123, section=5))
        '123 فرعی از 45 اصلی بخش 5'
        >>> str(RegistrationPlate(main=45))
        '45 اصلی'
        """
        parts = [f"{self.sub} فرعی از {self.main} اصلی" if self.sub is not None else f"{self.main} اصلی"]
        parts += [f"قطعه {self.lot}"] * (self.lot is not None)
        parts += [f"ناحیه {self.area}"] * (self.area is not None)
        parts += [f"بخش {self.section}"] * (self.section is not None)
        return " ".join([*parts, self.unit] if self.unit else parts)


_JOINED = re.compile(
    r"(?:(?:پلاک|ثبتی|شماره) )*(\d{1,9})(?: (فرعی|اصلی))? ?(?:از|[-/]) ?(\d{1,9})(?: (فرعی|اصلی))?"
    r"((?: (?:قطعه|ناحیه|بخش) \d{1,9})+(?: (?!فرعی|اصلی)[^\d/-]+)?)?",
    re.ASCII,
)
"""Two joined numbers and what places them; the name of a registry unit stands behind a numbered part."""
_FILLERS = {"از", "ثبتی", "پلاک", "شماره", "شهرستان", "شهر", "حوزه", "ثبت"}
NOT_UNITS = frozenset({*_FILLERS, "فرعی", "اصلی", "قطعه", "بخش", "ناحیه"})
"""Words of a plate that are no name of a registry unit."""


def _number(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= 9
