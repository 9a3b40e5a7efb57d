"""Passwords: what fits, and that an unknown person costs the same work."""

import time

from api.people.passwords import hash_password, password_fits
from api.people.service import fold_username


def test_a_password_fits_its_own_hash_only() -> None:
    """The right one fits; another, the empty one and a broken hash do not."""
    stored = hash_password("درخت چنار")
    assert password_fits(stored, "درخت چنار")
    assert not password_fits(stored, "درخت سرو")
    assert not password_fits(stored, "")
    assert not password_fits("not a hash", "درخت چنار")


def test_two_hashes_of_one_password_differ() -> None:
    """Each hash has its own salt."""
    assert hash_password("x") != hash_password("x")


def test_an_unknown_person_costs_the_work_of_a_known_one() -> None:
    """Checking against nobody takes at least half as long as checking a wrong password."""
    stored = hash_password("x")

    def seconds(known: str | None) -> float:
        began = time.process_time()
        for _ in range(3):
            assert not password_fits(known, "y")
        return time.process_time() - began

    assert seconds(None) > 0.5 * seconds(stored)


def test_usernames_are_compared_folded() -> None:
    """Case, surrounding spaces and full-width letters do not make another person."""
    assert fold_username(" REVIEWER ") == fold_username("ｒｅｖｉｅｗｅｒ") == "reviewer"
