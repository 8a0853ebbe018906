"""The page over HTTP: nobody asks but the page itself, and nobody gets anything but the page and its answers."""

import asyncio
import json
import threading
from dataclasses import replace

import pytest

from riskengine import read
from riskengine.api.simulating import SimulationOptions
from riskengine.pages.language import read_language
from riskengine.serve import application as rules
from riskengine.serve.application import MOST_BYTES, WhatIfApplication
from riskengine.serve.guard import Guard, new_token
from riskengine.serve.pace import BURST, LONGEST_WAIT_S, PER_SECOND
from riskengine.serve.page import ServedPlan
from riskengine.serve.sessions import MOST_SESSIONS, Sessions
from riskengine.serve.what_if import WhatIf
from riskengine.serve.wish import Wish
from tests.unit.serve.plans import CHANCE, DESIGN, LATE, place, served

client_of = pytest.importorskip("starlette.testclient", reason="starlette and httpx are not installed").TestClient

PORT, TOKEN = 8765, "token-of-the-tests"
HERE = f"http://127.0.0.1:{PORT}"
ORIGIN = {"Origin": HERE, "Content-Type": "application/json"}


@pytest.fixture
def client(page):
    """A browser that has the page open."""
    return client_of(WhatIfApplication(page, Guard(PORT, TOKEN)), base_url=HERE)


def body(number=1, session="session1", **others):
    """What the page asks for."""
    return {"session": session, "number": number, "changes": {}, "absences": [], **others}


def ask(client, content, path=f"/{TOKEN}/answer", **headers):
    """Ask as the page does."""
    return client.post(
        path, content=content if isinstance(content, bytes) else json.dumps(content), headers={**ORIGIN, **headers}
    )


def test_the_page_and_its_parts_are_served_under_a_strict_policy(client):
    for name, kind in (("", "text/html"), ("style.css", "text/css"), ("script.js", "text/javascript")):
        response = client.get(f"/{TOKEN}/{name}")
        assert (response.status_code, response.headers["content-type"].split(";")[0]) == (200, kind)
        policy = response.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';") and "unsafe" not in policy
        assert response.headers["cache-control"] == "no-store"
        assert "set-cookie" not in response.headers


def test_names_of_the_plan_are_no_markup(client):
    text = client.get(f"/{TOKEN}/").text
    assert "Stand &lt;b&gt;" in text and "&lt;script&gt;alert(1)" in text
    assert text.count("<script") == 1 and "style=" not in text and " on" not in text.split("<body")[0]
    answer = ask(client, body(changes={CHANCE: 0.5})).json()
    assert all("<script" not in part and "style=" not in part for part in answer["parts"].values())


REFUSED = {
    "no token": ("get", "/", {}),
    "another token": ("get", f"/{TOKEN[:-1]}x/", {}),
    "half a token": ("get", f"/{TOKEN[:-1]}/", {}),
    "another host": ("get", f"/{TOKEN}/", {"Host": f"evil.example:{PORT}"}),
    "another port": ("get", f"/{TOKEN}/", {"Host": "127.0.0.1:80"}),
    "no port": ("get", f"/{TOKEN}/", {"Host": "127.0.0.1"}),
    "another origin": ("post", f"/{TOKEN}/answer", {"Origin": "http://evil.example"}),
    "another port's origin": ("post", f"/{TOKEN}/answer", {"Origin": "http://127.0.0.1:80"}),
    "origin null": ("post", f"/{TOKEN}/answer", {"Origin": "null"}),
    "another page's script": ("get", f"/{TOKEN}/script.js", {"Sec-Fetch-Site": "cross-site"}),
    "another page that reads": ("get", f"/{TOKEN}/", {"Origin": "http://evil.example"}),
}


@pytest.mark.parametrize(("method", "path", "headers"), REFUSED.values(), ids=REFUSED)
def test_nobody_else_is_let_in(client, method, path, headers):
    sent = {**(ORIGIN if method == "post" else {}), **headers}
    response = client.request(method, path, headers=sent, content=json.dumps(body()) if method == "post" else None)
    assert response.status_code == 403
    assert "Stand" not in response.text and "parts" not in response.text
    assert response.headers["content-security-policy"]


def test_a_request_that_names_no_page_is_refused(client):
    response = client.post(f"/{TOKEN}/answer", json=body())
    assert response.status_code == 403


@pytest.mark.parametrize(
    "name",
    ["plan.toml", "../plan.toml", "..%2f..%2fetc/passwd", "%2e%2e/plan.toml", "style.css/", "answer", "/etc/passwd"],
)
def test_no_file_is_to_be_had_but_the_parts_of_the_page(client, name):
    response = client.get(f"/{TOKEN}/{name}")
    assert response.status_code in (403, 404)  # what climbs above the token has none
    assert "schema" not in response.text and "root:" not in response.text


def test_other_methods_and_other_kinds_are_refused(client):
    assert client.put(f"/{TOKEN}/answer", headers=ORIGIN).status_code == 405
    assert client.delete(f"/{TOKEN}/", headers=ORIGIN).status_code == 405
    assert ask(client, body(), f"/{TOKEN}/other").status_code == 404
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        assert ask(client, body(), **{"Content-Type": kind}).status_code == 415


def test_too_large_a_body_is_refused_whether_it_says_so_or_not(client):
    assert ask(client, b" " * (MOST_BYTES + 1)).status_code == 413
    assert ask(client, b"{}", **{"Content-Length": "9" * 30}).status_code == 413

    def parts():
        for _ in range(MOST_BYTES // 1024 + 1):
            yield b" " * 1024

    assert client.post(f"/{TOKEN}/answer", content=parts(), headers=ORIGIN).status_code == 413


def test_a_body_that_does_not_arrive_is_given_up(page, monkeypatch):
    monkeypatch.setattr(rules, "SLOWEST_S", 0.01)
    app, sent = WhatIfApplication(page, Guard(PORT, TOKEN)), []
    headers = [
        (b"host", f"127.0.0.1:{PORT}".encode()),
        (b"origin", HERE.encode()),
        (b"content-type", b"application/json"),
    ]
    scope = {"type": "http", "method": "POST", "path": f"/{TOKEN}/answer", "headers": headers, "query_string": b""}

    async def never():
        await asyncio.Event().wait()

    async def send(message):
        sent.append(message)

    asyncio.run(app(scope, never, send))
    assert sent[0]["status"] == 408


NOT_OURS = {
    "no JSON": b"{",
    "deep": b"[" * 100_000,
    "a list": b"[]",
    "no session": body(session=""),
    "a path for a session": body(session="../../etc"),
    "number": body(number="1"),
    "a place of its own": body(changes={"tasks.design.duration": 3}),
    "a text for a switch": body(changes={LATE: "no"}),
    "a text for a number": body(changes={CHANCE: "=1+1"}),
    "no number": b'{"session": "session1", "number": 1, "changes": {"risks-0-probability": NaN}}',
    "two points": body(changes={DESIGN: [1, 2]}),
    "no day": body(changes={"plan-0-start": "2027-02-30"}),
    "absences": body(absences=[["ana"]]),
    "too many absences": body(absences=[["ana", "2027-03-01", "2027-03-02"]] * 21),
}


@pytest.mark.parametrize("content", NOT_OURS.values(), ids=NOT_OURS)
def test_what_the_page_does_not_ask_is_refused(client, content):
    response = ask(client, content)
    assert response.status_code == 400
    assert response.text.startswith("RE681 ")


def test_an_answer_redraws_and_a_fault_is_told(client):
    answer = ask(client, body(changes={CHANCE: 0.9})).json()
    assert set(answer["parts"]) == {"answer", "finish", "cost", "gates", "difference", "changes"}
    assert "late" in answer["parts"]["changes"] and "30% &rarr; 90%" in answer["parts"]["changes"]
    assert "512 iterations" in answer["count"] and answer["status"].endswith("against the plan.")
    (fault,) = ask(client, body(changes={CHANCE: 2})).json()["faults"]
    assert fault["control"] == CHANCE and "RE301" in fault["text"]
    assert "changes" not in ask(client, body(2, moving=True)).json()["parts"]


def test_drivers_come_by_themselves(client):
    parts = ask(client, body(changes={LATE: False}), f"/{TOKEN}/drivers").json()["parts"]
    assert list(parts) == ["drivers"]
    assert "build duration" in parts["drivers"] and "late occurs" not in parts["drivers"]
    assert "style=" not in parts["drivers"]
    assert ask(client, body(changes={CHANCE: 2}), f"/{TOKEN}/drivers").json()["faults"]


def test_few_iterations_leave_intervals_open(plan_file):
    few = WhatIf(read(plan_file), SimulationOptions(iterations=4, threads=1))
    plan = ServedPlan(few, plan_file, read_language("en"), "1.2.3")
    client = client_of(WhatIfApplication(plan, Guard(PORT, TOKEN)), base_url=HERE)
    parts = ask(client, body(changes={CHANCE: 0.9})).json()["parts"]
    assert "interval open" in parts["answer"] and not any("nan" in part or "NaT" in part for part in parts.values())


def test_the_finish_of_another_target_is_drawn(tmp_path):
    path = place(tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("finish = 2027-06-14", 'target = "design"\nfinish = 2027-04-14'), encoding="utf-8")
    client = client_of(WhatIfApplication(served(path), Guard(PORT, TOKEN)), base_url=HERE)
    assert '<option value="1" selected>design</option>' in client.get(f"/{TOKEN}/").text
    project, design = (ask(client, body(number, target=number - 1)).json()["parts"] for number in (1, 2))
    assert "delivery 14 Apr 2027" in design["finish"] and "delivery" not in project["finish"]
    assert "Finish of design, P50" in project["difference"] and "Finish of design, mean" in design["difference"]
    assert ask(client, body(target=2)).status_code == 400


def test_the_file_that_is_saved_is_sent_and_none_is_written(client, plan_file):
    before = sorted(plan_file.parent.iterdir())
    text = ask(client, body(changes={LATE: False}), f"/{TOKEN}/overlay").json()["text"]
    assert text.splitlines()[1:] == [
        *("", "schema = 1", 'extends = "plan.toml"', "", "[risks.late]", "active = false"),
    ]
    assert "faults" in ask(client, body(changes={CHANCE: 2}), f"/{TOKEN}/overlay").json()
    assert sorted(plan_file.parent.iterdir()) == before


def test_a_flood_is_turned_away_and_others_are_not(page):
    app = WhatIfApplication(page, Guard(PORT, TOKEN))
    client = client_of(app, base_url=HERE)
    app.sessions.of("flooding").pace.left = -LONGEST_WAIT_S * PER_SECOND
    app.sessions.of("flooding").pace.at = app.sessions.of("flooding").pace.clock()
    statuses = {ask(client, body(session="flooding")).status_code for _ in range(3)}
    assert 429 in statuses
    assert ask(client, body(session="another1")).status_code == 200
    app.strangers.pace.left, app.strangers.pace.at = -LONGEST_WAIT_S * PER_SECOND, app.strangers.pace.clock()
    refused = client.get("/no-token/")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "2")
    assert client.get(f"/{TOKEN}/style.css").status_code == 200
    assert BURST > 100


def test_of_two_requests_of_a_page_the_newer_one_is_answered():
    sessions, running, computed = Sessions(), threading.Event(), []
    first, second, third = (replace(Wish("session1", 1, {}), number=number) for number in (1, 2, 3))

    def compute(wish):
        computed.append(wish.number)
        if wish.number == 1:
            running.wait(5)
        return {"number": wish.number}

    async def ask_all():
        tasks = [asyncio.create_task(sessions.answer(wish, compute)) for wish in (first, second, third)]
        await asyncio.sleep(0.05)
        running.set()
        return await asyncio.gather(*tasks)

    answers = asyncio.run(ask_all())
    assert computed == [1, 3]
    assert answers == [{"number": 1}, {"number": 2, "superseded": True}, {"number": 3}]


def test_two_pages_are_apart_and_no_more_are_remembered_than_need_be():
    sessions = Sessions()
    one, other = sessions.of("session1"), sessions.of("session2")
    one.newest = 9
    assert other.newest == 0 and sessions.of("session1") is one
    for number in range(MOST_SESSIONS):
        sessions.of(f"later{number}")
    assert sessions.of("session1") is not one


def test_tokens_differ_and_are_long():
    assert len({new_token() for _ in range(50)}) == 50
    assert min(len(new_token()) for _ in range(50)) >= 32
