"""Randomisation: what it draws, held against a slow implementation made from its documentation, and what it refuses."""

from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.method.trial.slow_randomisation import Stream, Trial, first_departure

from fotfeste.trial import randomisation
from fotfeste.trial.plan import read_plan
from fotfeste.trial.randomisation import (
    BadLog,
    BadRequest,
    BadSeed,
    DoesNotFollow,
    Request,
    allocate,
    read_log,
    read_requests,
    read_seed,
    verify,
    write_seed,
)
from fotfeste.trial.randomisation.schemes import chances
from fotfeste.trial.randomisation.stream import below, words

FROZEN = Path(__file__).parent / "golden" / "allocations"
SCHEMES = ("simple", "permuted_blocks", "minimisation")
SEED = sha256(b"a seed for tests alone").digest()


@pytest.fixture(params=SCHEMES)
def frozen(request):
    return FROZEN / request.param


def opened(folder):
    plan = read_plan(folder / "plan.toml")
    return plan, read_seed(folder / "seed"), (folder / "commitment").read_text(encoding="ascii").strip()


def requests(*people):
    return [Request(request=f"r-{name}", person=name, levels={"site": s, "severity": v}) for name, s, v in people]


# ---- what follows from a seed


def test_the_frozen_trial_follows_from_its_seed(frozen):
    plan, seed, sealed = opened(frozen)
    assert randomisation.commitment(plan, seed) == sealed
    done = read_log(frozen / "allocations.csv", plan)
    assert len(done) == 40
    assert verify(plan, seed, done) is None


def test_the_frozen_trial_follows_by_the_slow_implementation_too(frozen):
    _, seed, sealed = opened(frozen)
    plan, log = ((frozen / name).read_bytes() for name in ("plan.toml", "allocations.csv"))
    assert Trial(plan, seed).commitment() == sealed
    assert first_departure(plan, seed, log.decode()) is None


@settings(max_examples=25)
@given(seed=st.binary(min_size=32, max_size=32), people=st.lists(st.tuples(st.booleans(), st.booleans()), max_size=30))
@pytest.mark.parametrize("scheme", SCHEMES)
def test_any_seed_and_any_people_give_what_the_slow_implementation_gives(scheme, seed, people):
    path = FROZEN / scheme / "plan.toml"
    levels = [{"site": "nord" if s else "sor", "severity": "severe" if v else "moderate"} for s, v in people]
    slow = Trial(path.read_bytes(), seed)
    assert list(allocate(read_plan(path), seed, levels)) == [slow.next(dict(one)) for one in levels]


@given(seed=st.binary(min_size=32, max_size=32), n=st.integers(1, 2**63))
def test_whole_numbers_below_any_n_are_those_of_the_slow_stream(seed, n):
    plan = b"a plan"
    fast, slow = words(seed, sha256(plan).hexdigest(), "label"), Stream(seed, plan, "label")
    assert [below(fast, n) for _ in range(8)] == [slow.below(n) for _ in range(8)]


def test_words_that_would_favour_small_numbers_are_passed_by():
    n = 2**63 + 1  # 2**64 holds it once: what lies above would give small numbers twice
    assert below(iter([n, 2**64 - 1, 7]), n) == 7
    assert below(iter([n - 1]), n) == n - 1


def test_one_block_has_the_arms_in_their_ratio():
    plan, _, _ = opened(FROZEN / "permuted_blocks")
    arms = list(allocate(plan, SEED, [{"site": "nord", "severity": "severe"}] * 600))
    ahead = [arms[:n].count("ips") - arms[:n].count("usual") for n in range(601)]
    assert max(map(abs, ahead)) == 3
    assert ahead.count(0) > 150


def test_what_happens_in_one_stratum_says_nothing_of_another():
    plan, _, _ = opened(FROZEN / "permuted_blocks")
    here, there = {"site": "nord", "severity": "severe"}, {"site": "sor", "severity": "severe"}
    alone = list(allocate(plan, SEED, [here] * 20))
    mixed = list(allocate(plan, SEED, [there, here] * 20))
    assert mixed[1::2] == alone


def test_simple_randomisation_gives_arms_their_shares():
    # 2:1:2 of 5,000; five standard deviations of a binomial count are 173 and 141.
    plan, _, _ = opened(FROZEN / "simple")
    counts = Counter(allocate(plan, SEED, [{}] * 5000))
    assert abs(counts["ips"] - 2000) < 173
    assert abs(counts["ips_plus"] - 1000) < 141


def test_minimisation_keeps_unequal_shares_and_each_level_close():
    # Han, Enas and McEntegart 2009: the biased coin keeps the ratio, here 2:1:2.
    plan, _, _ = opened(FROZEN / "minimisation")
    people = [{"site": ("nord", "sor")[n % 3 == 0], "severity": ("moderate", "severe")[n % 2]} for n in range(1000)]
    arms = list(allocate(plan, SEED, people))
    assert Counter(arms)["ips_plus"] == pytest.approx(200, abs=10)
    in_south = Counter(arm for arm, one in zip(arms, people, strict=True) if one["site"] == "sor")
    assert in_south["ips"] == pytest.approx(in_south["usual"], abs=8)


def test_the_chance_of_the_best_of_two_equal_arms_is_p(tmp_path):
    text = (FROZEN / "permuted_blocks" / "plan.toml").read_text(encoding="utf-8")
    path = tmp_path / "plan.toml"
    path.write_text(text.replace("permuted_blocks", "minimisation").replace("block_sizes = [2, 4, 6]", "p = 0.75"))
    assert chances(read_plan(path), 1) == [250, 750]


def test_unequal_arms_have_their_shares_over_all_who_could_be_best():
    # Each arm is best as often as its share says; then its chance over all is its share (Han et al. 2009).
    plan, _, _ = opened(FROZEN / "minimisation")
    tickets = [chances(plan, best) for best in range(3)]
    assert {sum(row) for row in tickets} == {4000}
    over_all = [sum(share * row[arm] for share, row in zip(plan.shares, tickets, strict=True)) for arm in range(3)]
    assert over_all == [2 * 4000, 1 * 4000, 2 * 4000]


# ---- one at a time


def test_the_same_request_twice_gives_the_same_answer_and_nobody_new(frozen):
    plan, seed, _ = opened(frozen)
    done = read_log(frozen / "allocations.csv", plan)
    asked = read_requests(frozen / "requests.csv", plan)
    assert randomisation.randomise(plan, seed, done, asked, allocated_at="later") == ()


def test_people_who_come_one_by_one_get_what_they_would_have_got_together(frozen):
    plan, seed, _ = opened(frozen)
    asked = read_requests(frozen / "requests.csv", plan)
    done: tuple = ()
    for number in range(1, len(asked) + 1):
        done += randomisation.randomise(plan, seed, done, asked[:number], allocated_at="now")
    assert done == randomisation.randomise(plan, seed, (), asked, allocated_at="now")
    assert [one.arm for one in done] == [one.arm for one in read_log(frozen / "allocations.csv", plan)]


def test_a_request_used_again_for_somebody_else_is_refused(frozen):
    plan, seed, _ = opened(frozen)
    first, second = requests(("anna", "nord", "severe"), ("bo", "nord", "severe"))
    done = randomisation.randomise(plan, seed, (), [first], allocated_at="now")
    other = Request(request=first.request, person=second.person, levels=second.levels)
    with pytest.raises(BadRequest, match="other_request"):
        randomisation.randomise(plan, seed, done, [other], allocated_at="now")
    again = Request(request="another", person=first.person, levels=first.levels)
    with pytest.raises(BadRequest, match="person_twice"):
        randomisation.randomise(plan, seed, done, [again], allocated_at="now")


def test_a_log_of_another_seed_is_not_gone_on_with(frozen):
    plan, _, _ = opened(frozen)
    done = read_log(frozen / "allocations.csv", plan)
    with pytest.raises(DoesNotFollow):
        randomisation.randomise(plan, SEED, done, requests(("anna", "nord", "severe")), allocated_at="now")


# ---- proof


def rewritten(place, old, new):
    def change(rows):
        assert old in rows[place]
        return [*rows[:place], rows[place].replace(old, new, 1), *rows[place + 1 :]]

    return change


@pytest.mark.parametrize(
    ("change", "first"),
    [
        (rewritten(4, "+00:00,", "+00:00,no_"), 5),
        (rewritten(9, ",p010,", ",p999,"), 10),
        (rewritten(20, "T", "T1"), 21),
        (lambda rows: [*rows[:6], *rows[7:]], 7),
        (lambda rows: [*rows[:2], rows[3], rows[2], *rows[4:]], 3),
        (lambda rows: [*rows, rows[-1].replace("40,", "41,", 1)], 41),
    ],
    ids=["arm", "person", "time", "taken out", "exchanged", "request again"],
)
def test_a_change_is_named_by_its_first_row(frozen, tmp_path, change, first):
    plan, seed, _ = opened(frozen)
    head, *rows = (frozen / "allocations.csv").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "allocations.csv"
    path.write_text("\n".join([head, *change(rows)]) + "\n", encoding="utf-8")
    departure = verify(plan, seed, read_log(path, plan))
    assert departure is not None
    assert departure.number == first
    assert first_departure((frozen / "plan.toml").read_bytes(), seed, path.read_text(encoding="utf-8")) == first


def test_the_commitment_binds_the_plan_and_the_seed(frozen, tmp_path):
    plan, seed, sealed = opened(frozen)
    longer = tmp_path / "plan.toml"
    longer.write_bytes((frozen / "plan.toml").read_bytes() + b"# one remark more\n")
    assert randomisation.commitment(read_plan(longer), seed) != sealed
    assert randomisation.commitment(plan, SEED) != sealed


# ---- seeds


def test_a_seed_file_is_for_its_owner_alone_and_never_written_over(tmp_path):
    path = tmp_path / "seed"
    write_seed(path, SEED)
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_seed(path) == SEED
    with pytest.raises(BadSeed, match="exists"):
        write_seed(path, sha256(b"another").digest())
    assert read_seed(path) == SEED


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1234", "not_made_here"),
        (SEED.hex(), "not_made_here"),
        (f"fotfeste-seed-1 {SEED.hex()[:32]}", "short"),
        ("fotfeste-seed-1 1234", "short"),
        (f"fotfeste-seed-1 {'0' * 64}", "typed"),
        (f"fotfeste-seed-1 {'0123456789' * 6}0123", "typed"),
        (f"fotfeste-seed-1 {b'fotfeste fotfeste fotfeste fotfe'.hex()}", "typed"),
        ("fotfeste-seed-1 hemmelig", "not_made_here"),
    ],
)
def test_a_seed_that_was_typed_or_is_short_is_refused(tmp_path, text, reason):
    path = tmp_path / "seed"
    path.write_text(text + "\n", encoding="utf-8")
    with pytest.raises(BadSeed) as caught:
        read_seed(path)
    assert caught.value.reason == reason


# ---- files


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["r1,p1,nord,"], (2, "severity", "missing_stratum")),
        (["r1,p1,nord,severe", "r2,p2,,severe"], (3, "site", "missing_stratum")),
        (["r1,p1,vest,severe"], (2, "site", "unknown_level")),
        (["r1,,nord,severe"], (2, "person", "name")),
        (["r1,p1,nord,severe", "r1,p2,nord,severe"], (3, "request", "other_request")),
        (["r1,p1,nord,severe", "r2,p1,nord,severe"], (3, "person", "person_twice")),
    ],
)
def test_a_request_that_cannot_be_met_is_refused_by_row_and_column(tmp_path, rows, told):
    path = tmp_path / "requests.csv"
    path.write_text("\n".join(["request,person,site,severity", *rows]) + "\n", encoding="utf-8")
    with pytest.raises(BadRequest) as caught:
        read_requests(path, read_plan(FROZEN / "simple" / "plan.toml"))
    assert (caught.value.row, caught.value.column, caught.value.reason) == told


def test_a_table_without_a_stratum_is_refused(tmp_path):
    path = tmp_path / "requests.csv"
    path.write_text("request,person,site\nr1,p1,nord\n", encoding="utf-8")
    with pytest.raises(BadRequest, match="missing_column"):
        read_requests(path, read_plan(FROZEN / "simple" / "plan.toml"))


def test_a_log_whose_last_row_is_cut_is_refused(frozen, tmp_path):
    path = tmp_path / "allocations.csv"
    path.write_bytes((frozen / "allocations.csv").read_bytes()[:-5])
    with pytest.raises(BadLog, match="cut"):
        read_log(path, opened(frozen)[0])
