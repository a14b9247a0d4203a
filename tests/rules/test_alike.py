"""Sets of words that are much like another one."""

from hypothesis import given
from hypothesis import strategies as st

from pmlint.rules.alike import Crowd

words = st.frozensets(st.sampled_from("abcdefghij"), max_size=10)


@given(st.lists(words, max_size=70), words, st.integers(0, 10))
def test_those_that_are_like_enough_are_found_in_order(
    sets: list[frozenset[str]], asked: frozenset[str], tenths: int
) -> None:
    crowd = Crowd()
    for each in sets:
        crowd.add(each)

    found = list(crowd.like(asked, tenths / 10))
    assert found == [each for each in sets if each & asked and 10 * len(each & asked) >= tenths * len(each | asked)]
