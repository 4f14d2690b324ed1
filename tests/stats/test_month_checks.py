"""All checks of a month together: silent on sound months, loud on a planted fault of each kind."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stats.defaults import INDICATORS
from stats.month_checks import Given, asked_of, check_centre
from stats.specs import Value

SPECS = list(INDICATORS)
BY_KEY = {spec.key: spec for spec in SPECS}
# Some hundred numbers a month: a few months of each kind say what there is to say.
FEW = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
WINDOWS = ("1", "2", "3")
NAMES = {"1": "商务厅窗口", "2": "水利厅窗口", "3": "民政厅窗口"}
COUNTED = [spec.key for spec in asked_of(SPECS, "1") if spec.over_windows == "sum"]
PLAIN = [key for key in COUNTED if not key.startswith("unresolved")]


@st.composite
def sound_months(draw):
    """Three windows and the centre, everything filled in, near to the months before."""
    month, history = {}, {}
    for place in (*WINDOWS, "centre"):
        values = {}
        for spec in asked_of(SPECS, place):
            usual = draw(st.integers(100, 9_000))
            values[spec.key] = _value(draw, spec, usual)
            if spec.over_windows == "sum":
                history[place, spec.key] = [usual] * 4
        if "fixed" in values:
            bad, fixed = values["bad_ratings"].value, values["fixed"].value
            values["bad_ratings"] = Value(max(bad, fixed))
            values["fix_rate"] = Value(fixed, max(bad, fixed))
            history[place, "bad_ratings"] = [max(bad, fixed)] * 4
        if "unresolved_received" in values:
            parts = values["unresolved_explained"].value, values["unresolved_coordinated"].value
            values["unresolved_received"] = Value(sum(parts))
            history[place, "unresolved_received"] = [sum(parts)] * 4
        month[place] = Given(values)
    return month, history


def _value(draw, spec, usual):
    if spec.over_windows == "ratio":
        return Value(draw(st.integers(0, usual)), usual)
    if spec.over_windows == "count":
        return Value(draw(st.integers(0, 1)))
    return Value(usual + draw(st.integers(-usual // 2, usual)))


def found(month, history):
    return {f.code for f in check_centre(SPECS, month, history, NAMES) if f.severity != "hint"}


def planted(month, place, **values):
    return {**month, place: Given({**month[place].values, **values}, month[place].nil)}


def without_coincidence(month):
    """The centre's number never just what the windows add up to."""
    values = dict(month["centre"].values)
    for key in ("consult_phone", "consult_onsite"):
        added = sum(month[window].values[key].value for window in WINDOWS)
        if values[key].value == added:
            values[key] = Value(added + 1)
    return {**month, "centre": Given(values)}


@FEW
@given(sound_months())
def test_a_sound_month_is_silent(drawn):
    month, history = drawn
    assert found(without_coincidence(month), history) == set()


@FEW
@given(sound_months(), st.sampled_from(WINDOWS), st.integers(1, 10**6))
def test_done_above_taken_in_is_legal(drawn, window, more):
    month, history = drawn
    taken = month[window].values["online_accepted"].value
    history = {**history, (window, "online_completed"): [taken + more] * 4}
    month = planted(month, window, online_completed=Value(taken + more))
    assert found(without_coincidence(month), history) == set()


def _swing(month, key, window):
    return planted(month, window, **{key: Value(month[window].values[key].value * 40 + 4_000)})


def _slip(month, key, window):
    return planted(month, window, **{key: Value(month[window].values[key].value * 10**4 + 10**8)})


def _parts(month, _key, window):
    total = month[window].values["unresolved_received"].value
    return planted(month, window, unresolved_received=Value(total + 1))


def _share(month, _key, window):
    return planted(month, window, fix_rate=Value(0, 10), fixed=Value(50), bad_ratings=Value(100))


def _over_100(month, _key, window):
    return planted(month, window, satisfaction=Value(101, 100))


def _denominator(month, _key, window):
    return planted(month, window, on_time=Value(5, None))


def _blank(month, key, window):
    values = {k: v for k, v in month[window].values.items() if k != key}
    return {**month, window: Given(values)}


def _nil(month, _key, window):
    return {**month, window: Given(month[window].values, nil=True)}


def _double(month, _key, window):
    return planted(month, window, counter_accepted=Value(7))


FAULTS = {
    "swing": _swing,
    "unit_slip": _slip,
    "parts": _parts,
    "share": _share,
    "over_100": _over_100,
    "denominator": _denominator,
    "blank": _blank,
    "nil": _nil,
    "double": _double,
}


@pytest.mark.parametrize("code", FAULTS)
@FEW
@given(drawn=sound_months(), key=st.sampled_from(PLAIN), window=st.sampled_from(WINDOWS))
def test_a_planted_fault_is_always_found(code, drawn, key, window):
    month, history = drawn
    spoilt = FAULTS[code](month, key, window)
    assert code in found(spoilt, history)
    findings = check_centre(SPECS, spoilt, history, NAMES)
    assert any(f.code == code and f.window == window for f in findings)
