"""Fetching, against a real server on the loopback: what agencies' sites do to a polite client."""

import gzip
import io
import logging
import socket
import threading
import time
import zipfile
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urljoin

import httpx2
import pytest

from prospect_aggregate.scrapers.errors import BlockedError, BusyError, LayoutChangedError, TransientError
from prospect_aggregate.scrapers.fetch import Fetcher, Kind, Validators, check_bytes

NOW = datetime(2026, 5, 25, 12, 0, tzinfo=UTC)
LIST = b'[{"id": 1}]'
CHALLENGE = (
    b"<!DOCTYPE html><html><head><title>Just a moment...</title><style>p{color:red}</style></head>"
    b"<body><script>let x</script><p>Checking your browser &amp; more</p></body></html>"
)


def make_package():
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as package:
        package.writestr(zipfile.ZipInfo("xl/workbook.xml"), "<workbook/>" * 500)  # dated 1980, always
    return body.getvalue()


WORKBOOK = make_package()


class Agency:
    """A site: path → a function that answers through the handler; every request is remembered."""

    def __init__(self):
        self.answers, self.requests = {}, []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                length = int(self.headers.get("Content-Length", 0))
                self.received = self.rfile.read(length)
                site.requests.append((self.path, dict(self.headers), self.received))
                site.answers.get(self.path.partition("?")[0], missing)(self)

            do_POST = do_GET  # noqa: N815

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def paths(self):
        return [path for path, _, _ in self.requests]

    def serve(self, path, body=b"", status=200, **headers):
        self.answers[path] = lambda handler: answer(handler, body, status, **headers)


def answer(handler, body=b"", status=200, **headers):
    handler.send_response(status)
    for name, value in {"Content_Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def missing(handler):
    answer(handler, b"not here", 404)


@pytest.fixture
def agency():
    site = Agency()
    yield site
    site.close()


@pytest.fixture
def fetcher():
    with make_fetcher() as one:
        yield one


def make_fetcher(**changes):
    terms = {"user_agent": "JPS-Prospect-Aggregate/0.1", "contact": "ops@example.com", "pause": 0.0}
    return Fetcher(**{**terms, "now": lambda: NOW, **changes})


# What comes back


def test_what_came_is_told_whole(agency, fetcher):
    said = {
        "Content_Type": "application/json; charset=utf-8",
        "ETag": '"7"',
        "Last_Modified": "Mon, 25 May 2026",
    }
    agency.serve("/list.json", LIST, **said)
    fetched = fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON)
    assert (fetched.body, fetched.status, fetched.media_type) == (LIST, 200, "application/json")
    assert (fetched.etag, fetched.last_modified) == ('"7"', "Mon, 25 May 2026")
    assert (fetched.filename, fetched.fetched_at) == ("list.json", NOW)
    assert fetched.url == fetched.final_url == f"{agency.base}/list.json"


def test_we_say_who_we_are(agency, fetcher):
    agency.serve("/list.json", LIST)
    fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON)
    assert {headers["User-Agent"] for _, headers, _ in agency.requests} == {
        "JPS-Prospect-Aggregate/0.1 (+ops@example.com)"
    }


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('attachment; filename="Opportunity Data.xls"', "Opportunity Data.xls"),
        ("attachment; filename*=UTF-8''FY26%20list.xlsx", "FY26 list.xlsx"),
        ('attachment; filename="..\\\\..\\\\etc/passwd.xlsx"', "passwd.xlsx"),
    ],
)
def test_the_files_name_is_the_agencys_without_folders(agency, fetcher, header, name):
    agency.serve("/media/1381791/dl", WORKBOOK, Content_Disposition=header)
    fetched = fetcher.get(f"{agency.base}/media/1381791/dl", expect=Kind.XLSX)
    assert fetched.filename == name


def test_parameters_and_headers_are_sent(agency, fetcher):
    agency.serve("/api", LIST)
    fetcher.get(f"{agency.base}/api", expect=Kind.JSON, params={"range": 500}, headers={"Referer": "x"})
    path, headers, _ = agency.requests[-1]
    assert (path, headers["Referer"]) == ("/api?range=500", "x")


def test_a_question_is_posted_as_json(agency, fetcher):
    agency.serve("/apex", b'{"returnValue": []}')
    fetched = fetcher.post(f"{agency.base}/apex", expect=Kind.JSON, json={"method": "getData"})
    assert agency.requests[-1][2] == b'{"method":"getData"}'
    assert fetched.body == b'{"returnValue": []}'


def test_a_compressed_body_is_unpacked(agency, fetcher):
    agency.serve("/list.json", gzip.compress(LIST), Content_Encoding="gzip")
    assert fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON).body == LIST


def test_progress_is_told(agency):
    agency.serve("/list.json", LIST)
    told = []
    with make_fetcher(on_progress=lambda *amounts: told.append(amounts)) as fetcher:
        fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON)
    assert told[-1] == (len(LIST), len(LIST))


def test_progress_counts_the_bytes_of_all_answers(agency):
    agency.serve("/list.json", LIST)
    told = []
    with make_fetcher(on_progress=lambda *amounts: told.append(amounts)) as fetcher:
        for _ in range(3):
            fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON)
    assert told[-1] == (3 * len(LIST), 3 * len(LIST))


# Unchanged


def test_validators_are_sent_and_304_is_none(agency, fetcher):
    agency.serve("/list.json", status=304)
    known = Validators(etag='"7"', last_modified="Mon, 25 May 2026 10:00:00 GMT")
    assert fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON, validators=known) is None
    headers = agency.requests[-1][1]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == (known.etag, known.last_modified)


def test_without_validators_nothing_conditional_is_asked(agency, fetcher):
    agency.serve("/list.json", LIST)
    fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON)
    assert not {"If-None-Match", "If-Modified-Since"} & set(agency.requests[-1][1])


# Another host behind the same address


def test_a_rewritten_host_cannot_be_told_from_the_real_one(agency):
    agency.serve("/old.xlsx", status=301, Location="https://www.commerce.gov/new.xlsx")
    agency.serve("/new.xlsx", WORKBOOK)
    with make_fetcher(hosts={"www.commerce.gov": agency.base}) as fetcher:
        fetched = fetcher.get("https://www.commerce.gov/old.xlsx", expect=Kind.XLSX)
    assert fetched.final_url == "https://www.commerce.gov/new.xlsx"
    assert {headers["Host"] for _, headers, _ in agency.requests} == {"www.commerce.gov"}


def test_a_rewritten_host_may_live_below_a_path(agency):
    agency.serve("/commerce/list.json", LIST)
    with make_fetcher(hosts={"www.commerce.gov": f"{agency.base}/commerce/"}) as fetcher:
        fetched = fetcher.get("https://www.commerce.gov/list.json?a=1", expect=Kind.JSON)
    assert fetched.url == "https://www.commerce.gov/list.json?a=1"
    assert agency.paths() == ["/commerce/robots.txt", "/commerce/list.json?a=1"]


# Politeness


def test_robots_is_asked_once_and_before_anything_else(agency, fetcher):
    agency.serve("/list.json", LIST)
    for _ in range(2):
        fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON)
    assert agency.paths() == ["/robots.txt", "/list.json", "/list.json"]


def test_a_forbidden_address_is_never_asked_for(agency, fetcher):
    agency.serve("/robots.txt", b"User-agent: *\nDisallow: /lists\n")
    with pytest.raises(BlockedError, match=r"127\.0\.0\.1: robots\.txt does not let us fetch /lists/a\.json"):
        fetcher.get(f"{agency.base}/lists/a.json", expect=Kind.JSON)
    assert agency.paths() == ["/robots.txt"]


def test_a_redirect_to_a_forbidden_address_is_not_followed(agency, fetcher):
    agency.serve("/robots.txt", b"User-agent: *\nDisallow: /secret\n")
    agency.serve("/list.json", status=302, Location="/secret/list.json")
    with pytest.raises(BlockedError, match=r"robots\.txt"):
        fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON)
    assert "/secret/list.json" not in agency.paths()


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_robots_allows_everything(agency, fetcher, status):
    agency.serve("/robots.txt", status=status)
    agency.serve("/list.json", LIST)
    assert fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON).body == LIST


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_whose_robots_fails_is_left_alone_for_now(agency, fetcher, status):
    agency.serve("/robots.txt", status=status)
    with pytest.raises(TransientError):
        fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON)
    assert agency.paths() == ["/robots.txt"]


def test_every_request_takes_its_hosts_turn(agency):
    agency.serve("/a.json", status=302, Location="https://b.gov/b.json")
    agency.serve("/b.json", LIST)
    taken = []

    @contextmanager
    def turns(host):
        taken.append(host)
        yield

    with make_fetcher(hosts={"a.gov": agency.base, "b.gov": agency.base}, turns=turns) as fetcher:
        fetcher.get("https://a.gov/a.json", expect=Kind.JSON)
    assert taken == ["a.gov", "a.gov", "b.gov", "b.gov"]  # robots.txt, then the address


def test_a_crawl_delay_is_kept_between_requests(agency):
    agency.serve("/robots.txt", b"User-agent: *\nCrawl-delay: 7\n")
    agency.serve("/list.json", LIST)
    slept = []
    with make_fetcher(clock=lambda: 0.0, sleep=slept.append) as fetcher:
        fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON)
    assert slept == [7.0]


# Later


def test_retry_after_is_passed_on(agency, fetcher):
    agency.serve("/list.json", status=429, Retry_After="120")
    with pytest.raises(BusyError) as caught:
        fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON)
    assert caught.value.retry_at == NOW + timedelta(minutes=2)
    assert str(caught.value) == "127.0.0.1 is busy (HTTP 429) until 2026-05-25 12:02 UTC"


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_servers_that_fail_are_tried_again_later(agency, fetcher, status):
    agency.serve("/list.json", status=status)
    with pytest.raises(TransientError, match=f"HTTP {status}") as caught:
        fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON)
    assert not isinstance(caught.value, BusyError)


def test_nobody_listening_is_tried_again_later(fetcher):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(TransientError, match=r"127\.0\.0\.1: the connection failed"):
        fetcher.get(f"http://127.0.0.1:{port}/list.json", expect=Kind.JSON)


def test_what_a_server_calls_things_is_kept_as_far_as_there_is_room(agency, fetcher):
    named = f'attachment; filename="{"x" * 400}.json"'
    agency.serve("/list.json", LIST, ETag=f'"{"7" * 300}"', Content_Disposition=named, Content_Type="a" * 500)
    fetched = fetcher.get(f"{agency.base}/list.json?signed={'s' * 2000}", expect=Kind.JSON)
    assert (fetched.etag, len(fetched.filename), len(fetched.media_type)) == (None, 255, 120)
    assert fetched.filename.endswith("x.json")
    assert len(fetched.final_url) == 1000


def test_a_download_cut_off_is_tried_again_later(agency, fetcher):
    agency.answers["/list.xlsx"] = lambda handler: answer(
        handler, WORKBOOK[:100], Content_Length=len(WORKBOOK)
    )
    with pytest.raises(TransientError, match=f"cut off, 100 of {len(WORKBOOK):,} bytes came"):
        fetcher.get(f"{agency.base}/list.xlsx", expect=Kind.XLSX)


def test_a_cut_off_that_the_transport_hides_is_noticed():
    class Hiding(httpx2.BaseTransport):
        def handle_request(self, request):
            if request.url.path == "/robots.txt":
                return httpx2.Response(404)
            return httpx2.Response(200, headers={"Content-Length": "5000"}, stream=httpx2.ByteStream(LIST))

    with (
        make_fetcher(transport=Hiding()) as fetcher,
        pytest.raises(TransientError, match="11 of 5,000 bytes"),
    ):
        fetcher.get("https://a.gov/list.json", expect=Kind.JSON)


def test_a_workbook_cut_off_by_a_server_that_counts_wrong_is_noticed(agency, fetcher):
    agency.serve("/list.xlsx", WORKBOOK[:200])
    with pytest.raises(TransientError, match="workbook that is cut off after 200 bytes"):
        fetcher.get(f"{agency.base}/list.xlsx", expect=Kind.XLSX)


def test_a_slow_drip_ends_at_the_deadline(agency, fetcher):
    def drip(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"[")
            time.sleep(0.05)

    agency.answers["/list.json"] = quietly(drip)
    began = time.monotonic()
    with pytest.raises(TransientError, match="too slow: JSON did not come whole within 0 s"):
        fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON, timeout=0.4)
    assert time.monotonic() - began < 3


def test_silence_ends_at_the_deadline(agency, fetcher):
    agency.answers["/list.json"] = lambda _: time.sleep(0.6)
    with pytest.raises(TransientError, match=r"did not answer in time \(read timeout\)"):
        fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON, timeout=0.2)


def quietly(write):
    """The client hangs up on us; a handler's traceback would only be noise."""

    def handle(handler):
        try:
            write(handler)
        except OSError:
            handler.close_connection = True

    return handle


# Blocked


@pytest.mark.parametrize("status", [401, 403, 406, 451])
def test_a_refusal_is_for_a_person_with_what_was_seen(agency, fetcher, status):
    agency.serve("/list.json", CHALLENGE, status, Content_Type="text/html")
    with pytest.raises(BlockedError, match=rf"127\.0\.0\.1 refuses us \(HTTP {status}\)") as caught:
        fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON)
    assert caught.value.evidence == {
        "status": str(status),
        "address": f"{agency.base}/list.json",
        "type": "text/html",
        "size": f"{len(CHALLENGE)} bytes",
        "title": "Just a moment...",
        "text": "Checking your browser & more",
    }


def test_a_challenge_is_for_a_person_though_it_says_503(agency, fetcher):
    agency.serve("/list.json", CHALLENGE, 503, cf_mitigated="challenge")
    with pytest.raises(BlockedError, match="challenges us as a robot"):
        fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON)


@pytest.mark.parametrize(
    "where",
    [
        "https://secure.login.gov/",
        "/user/login?next=/list.json",
        "https://login.microsoftonline.com/x",
        "/saml/init",
    ],
)
def test_a_redirect_to_a_sign_in_page_is_for_a_person(agency, fetcher, where):
    agency.serve("/list.json", status=302, Location=where)
    with pytest.raises(BlockedError, match=r"127\.0\.0\.1 wants us to sign in") as caught:
        fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON)
    evidence = caught.value.evidence
    assert (evidence["status"], evidence["asked"]) == ("302", f"{agency.base}/list.json")
    assert evidence["address"] == urljoin(agency.base, where.partition("?")[0])


def test_a_blog_about_signing_is_no_sign_in_page(agency, fetcher):
    agency.serve("/list.json", status=302, Location="/catalogin/loginov.json")
    agency.serve("/catalogin/loginov.json", LIST)
    assert fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON).body == LIST


def test_endless_redirects_are_for_a_person(agency, fetcher):
    agency.serve("/list.json", status=302, Location="/list.json")
    with pytest.raises(BlockedError, match="over 8 redirects"):
        fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON)


def test_a_redirect_to_nowhere_is_for_a_person(agency, fetcher):
    agency.serve("/list.json", status=302, Location="ftp://a.gov/list")
    with pytest.raises(BlockedError):
        fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON)


@pytest.mark.parametrize(("status", "error"), [(500, TransientError), (404, LayoutChangedError)])
def test_what_was_answered_instead_is_told_also_where_no_person_must_look(agency, fetcher, status, error):
    agency.serve("/list.json", b"<html>Oops</html>", status, Content_Type="text/html; charset=utf-8")
    with pytest.raises(error) as caught:
        fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON)
    assert caught.value.evidence == {
        "status": str(status), "address": f"{agency.base}/list.json", "type": "text/html", "size": "17 bytes",
    }  # fmt: skip


def test_an_empty_answer_is_tried_again_later(agency, fetcher):
    agency.serve("/list.json", b" \n")
    with pytest.raises(TransientError, match=r"127\.0\.0\.1 sent nothing instead of JSON"):
        fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON)


def test_a_page_where_a_workbook_should_be_is_for_a_person(agency):
    agency.serve("/list.xlsx", CHALLENGE, Content_Type="text/html")
    with (
        make_fetcher(hosts={"www.commerce.gov": agency.base}) as fetcher,
        pytest.raises(BlockedError) as caught,
    ):
        fetcher.get("https://www.commerce.gov/list.xlsx", expect=Kind.XLSX)
    assert str(caught.value) == (
        "www.commerce.gov sent a page instead of a workbook (title: 'Just a moment...')"
    )
    assert caught.value.evidence == {
        "status": "200",
        "address": "https://www.commerce.gov/list.xlsx",
        "type": "text/html",
        "size": f"{len(CHALLENGE)} bytes",
        "title": "Just a moment...",
        "text": "Checking your browser & more",
    }


def test_more_than_the_limit_is_not_kept(agency, fetcher):
    agency.serve("/list.json", b"[" + b" " * 5000)
    with pytest.raises(BlockedError, match="sent more than"):
        fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON, max_bytes=1000)


def test_more_than_the_limit_is_noticed_when_the_server_does_not_count(agency, fetcher):
    agency.serve("/list.json", gzip.compress(b"[" + b" " * 5_000_000), Content_Encoding="gzip")
    with pytest.raises(BlockedError, match="sent more than 1 MB"):
        fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON, max_bytes=2**20)


# Moved


@pytest.mark.parametrize("status", [404, 410])
def test_a_list_that_is_gone_means_the_code_must_change(agency, fetcher, status):
    agency.serve("/list.json", status=status)
    with pytest.raises(LayoutChangedError, match=rf"HTTP {status} at .*/list\.json; the list has moved"):
        fetcher.get(f"{agency.base}/list.json", expect=Kind.JSON)


def test_a_404_with_the_real_content_is_taken_where_that_is_known(agency, fetcher):
    agency.serve("/page", b"<html><title>Forecast</title></html>", 404)
    fetched = fetcher.get(f"{agency.base}/page", expect=Kind.HTML, accept_status={404})
    assert fetched.status == 404


# Secrets


def test_keys_are_in_no_message_record_or_log(agency, fetcher, caplog):
    caplog.set_level(logging.DEBUG)
    agency.serve("/search", LIST)
    fetched = fetcher.get(f"{agency.base}/search", expect=Kind.JSON, params={"api_key": "s3cret", "limit": 5})
    with pytest.raises(LayoutChangedError) as caught:
        fetcher.get(f"{agency.base}/gone?limit=5&api_key=s3cret", expect=Kind.JSON)
    assert fetched.url.endswith("/search?api_key=…&limit=5")
    assert "s3cret" in agency.paths()[1]
    assert "s3cret" not in f"{fetched}{caught.value}" + "".join(
        record.getMessage() for record in caplog.records if record.name == "httpx2"
    )


# Probing


def test_a_probe_asks_for_the_first_bytes_only(agency, fetcher):
    agency.serve("/list.xlsx", WORKBOOK[:4096], 206, Content_Range="bytes 0-4095/909286")
    probe = fetcher.probe(f"{agency.base}/list.xlsx", expect=Kind.XLSX)
    assert (probe.status, probe.size) == (206, 909_286)
    assert agency.requests[-1][1]["Range"] == "bytes=0-16383"


def test_a_probe_hangs_up_on_a_server_that_ignores_ranges(agency, fetcher):
    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"[" * 65_536)

    agency.answers["/list.json"] = quietly(endless)
    probe = fetcher.probe(f"{agency.base}/list.json", expect=Kind.JSON)
    assert (probe.status, probe.size) == (200, None)
    assert probe.elapsed < 5


def test_a_probe_finds_a_page_where_a_file_should_be(agency, fetcher):
    agency.serve("/list.xlsx", CHALLENGE)
    with pytest.raises(BlockedError, match="sent a page instead of a workbook"):
        fetcher.probe(f"{agency.base}/list.xlsx", expect=Kind.XLSX)


def test_a_probe_finds_a_list_that_is_gone(agency, fetcher):
    with pytest.raises(LayoutChangedError):
        fetcher.probe(f"{agency.base}/list.xlsx", expect=Kind.XLSX)


# The same look at a file that a person gave


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (WORKBOOK, Kind.XLSX),
        (LIST, Kind.JSON),
        (b"\xef\xbb\xbf \n{}", Kind.JSON),
        (b"Number,Title\n", Kind.CSV),
        ("Number\tTitle\n".encode("utf-16"), Kind.CSV),
        (b"<table><style>x</style><tr>", Kind.XLS_HTML),
        (b"<!doctype html><html>", Kind.HTML),
    ],
    ids=["workbook", "array", "object after a mark", "csv", "utf-16 csv", "table", "page"],
)
def test_what_is_what_it_claims_passes(body, kind):
    check_bytes(body, kind)


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        (CHALLENGE, Kind.XLSX, "May.xlsx is a page instead of a workbook (title: 'Just a moment...')"),
        (CHALLENGE, Kind.CSV, "May.xlsx is a page instead of a CSV file (title: 'Just a moment...')"),
        (CHALLENGE, Kind.JSON, "May.xlsx is a page instead of JSON (title: 'Just a moment...')"),
        (WORKBOOK, Kind.XLS_HTML, "May.xlsx is a workbook or zip file instead of a table"),
        (WORKBOOK, Kind.CSV, "May.xlsx is a workbook or zip file instead of a CSV file"),
        (b"%PDF-1.7", Kind.XLSX, "May.xlsx is a PDF instead of a workbook"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            Kind.XLSX,
            "May.xlsx is an old or password-protected Excel file",
        ),
        (b"GIF89a\0\0", Kind.CSV, "May.xlsx is other bytes instead of a CSV file"),
        (b"<Error><Code>AccessDenied</Code>", Kind.CSV, "May.xlsx is markup instead of a CSV file"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_what_it_claims_is_refused(body, kind, said):
    with pytest.raises(BlockedError) as caught:
        check_bytes(body, kind, source="May.xlsx")
    assert str(caught.value).startswith(said)
