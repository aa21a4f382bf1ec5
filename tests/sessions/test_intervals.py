import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.sessions.metrics.intervals import share_of


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_are_those_that_newcombe_published_in_1998(
    right: int, total: int, low: float, high: float
) -> None:
    share = share_of(right, total)

    assert share.low == pytest.approx(low, abs=5e-5)
    assert share.high == pytest.approx(high, abs=5e-5)


@given(st.integers(0, 60), st.integers(0, 60))
def test_an_interval_holds_its_share_and_lies_between_0_and_1(right: int, wrong: int) -> None:
    share = share_of(right, right + wrong)

    if right + wrong == 0:
        assert (share.share, share.low, share.high) == (None, None, None)
    else:
        assert share.share is not None
        assert share.low is not None
        assert share.high is not None
        assert 0 <= share.low <= share.share + 1e-12
        assert share.share - 1e-12 <= share.high <= 1
        assert share.high - share.low > 0
