"""Turns, pauses, robots.txt and Retry-After."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from prospect_aggregate.scrapers.errors import BlockedError, TransientError
from prospect_aggregate.scrapers.politeness import HostTurns, Robots, retry_time

NOW = datetime(2026, 5, 25, 12, 0, tzinfo=UTC)
AGENT = "JPS-Prospect-Aggregate/0.1"


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self):
        self.now, self.slept = 100.0, []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def turns(clock):
    return HostTurns(2.0, clock=clock, sleep=clock.sleep)


def test_the_first_request_to_a_host_does_not_wait(turns, clock):
    with turns("a.gov"):
        pass
    assert clock.slept == []


def test_the_next_request_waits_out_the_pause_from_the_last_ones_end(turns, clock):
    with turns("a.gov"):
        clock.now += 30
    clock.now += 0.5
    with turns("a.gov"):
        pass
    assert clock.slept == [1.5]


def test_another_host_does_not_wait(turns, clock):
    with turns("a.gov"):
        pass
    with turns("b.gov"):
        pass
    assert clock.slept == []


def test_a_failed_request_counts_as_one(turns, clock):
    with pytest.raises(TransientError), turns("a.gov"):
        raise TransientError("503")
    with turns("a.gov"):
        pass
    assert clock.slept == [2.0]


def test_a_host_serves_one_request_at_a_time():
    turns, inside, most = HostTurns(0.0), [], []

    def request():
        with turns("a.gov"):
            inside.append(1)
            most.append(len(inside))
            inside.pop()

    threads = [threading.Thread(target=request) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 1


def robots_of(text):
    reads = []

    def read(url):
        reads.append(url)
        return text

    return Robots(AGENT, read), reads


def test_what_robots_forbids_is_refused_with_the_rule():
    robots, _ = robots_of("User-agent: *\nDisallow: /private/\nDisallow: /private/lists/\n")
    with pytest.raises(BlockedError, match=r"robots\.txt does not let us fetch /private/lists") as caught:
        robots.check("https://a.gov/private/lists/a.xlsx")
    assert caught.value.evidence["rule"] == "Disallow: /private/lists/"


def test_a_rule_for_us_by_name_is_obeyed():
    robots, _ = robots_of("User-agent: *\nAllow: /\n\nUser-agent: JPS-Prospect-Aggregate\nDisallow: /\n")
    with pytest.raises(BlockedError):
        robots.check("https://a.gov/list.json")


def test_no_rules_allow_everything():
    robots, _ = robots_of("")
    robots.check("https://a.gov/list.json")


def test_robots_is_read_once_per_site():
    robots, reads = robots_of("")
    for path in "abc":
        robots.check(f"https://a.gov/{path}")
        robots.delay(f"https://a.gov/{path}")
    assert reads == ["https://a.gov/robots.txt"]


@pytest.mark.parametrize(("asked", "kept"), [("5", 5.0), ("3600", 30.0), ("soon", 0.0)])
def test_a_crawl_delay_is_kept_up_to_thirty_seconds(asked, kept):
    robots, _ = robots_of(f"User-agent: *\nCrawl-delay: {asked}\n")
    assert robots.delay("https://a.gov/list") == kept


@pytest.mark.parametrize(
    ("published", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("Mon, 25 May 2026 12:10:00 GMT", timedelta(minutes=10)),
        ("Mon, 25 May 2026 11:00:00 GMT", timedelta(0)),
        ("99999999999999999999", timedelta(hours=24)),
        ("Mon, 25 May 2099 12:10:00 GMT", timedelta(hours=24)),
    ],
)
def test_retry_after_is_read_in_both_forms_and_capped(published, wait):
    assert retry_time(published, NOW) == NOW + wait


@pytest.mark.parametrize("published", [None, "", "later", "-5", "1.5", "٣"])
def test_a_retry_after_that_says_nothing_is_none(published):
    assert retry_time(published, NOW) is None
