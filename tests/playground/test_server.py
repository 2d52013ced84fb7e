"""The server: encodings, who may talk to it, waiting, and the control API."""

import asyncio
import base64
import re
import socket
import subprocess
import sys
import threading
import time

import httpx
import pytest
from telegram import Update
from telegram.ext import Application, CommandHandler, ContextTypes

from bot.playground import LocalTelegram, serve
from tests.playground.conftest import TOKEN, USER


@pytest.fixture
def client(served):
    with httpx.Client(base_url=served.url) as client:
        yield client


async def test_an_unmodified_application_polls_and_answers(served, rig):
    async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await update.message.reply_text("Hello")

    app = Application.builder().token(TOKEN).base_url(f"{served.url}/bot").build()
    app.add_handler(CommandHandler("start", start))
    async with app:
        await app.start()
        await app.updater.start_polling()
        rig.say(USER, "/start")
        answer = await rig.until(lambda: [m.text for m in rig.messages(USER) if m.from_bot])
        await app.updater.stop()
        await app.stop()
    assert answer == ["Hello"]
    assert rig.updates.pending == ()


@pytest.mark.parametrize("how", ["query", "form", "json", "multipart"])
def test_parameters_come_in_four_encodings(client, rig, how):
    values = {"chat_id": USER, "text": "é & <b>", "disable_notification": True}
    path = f"/bot{TOKEN}/sendMessage"
    match how:
        case "query":
            answer = client.get(path, params=values)
        case "form":
            answer = client.post(path, data=values)
        case "json":
            answer = client.post(path, json=values)
        case _:
            answer = client.post(path, data=values, files={"unused": b"x"})
    assert answer.json()["ok"] is True
    assert [(m.text, m.silent) for m in rig.messages(USER)] == [("é & <b>", True)]


def test_method_names_are_read_in_any_case(client):
    assert client.get(f"/bot{TOKEN}/GETME").json()["result"]["username"] == "jejaring_bot"


def test_refusals_look_like_telegrams(client):
    answer = client.post(f"/bot{TOKEN}/noSuchMethod")
    assert answer.status_code == 404
    assert answer.json() == {"ok": False, "error_code": 404, "description": "Not Found"}
    answer = client.post("/botnonsense/getMe")
    assert answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    answer = client.post(
        f"/bot{TOKEN}/sendMessage", content=b"{", headers={"Content-Type": "application/json"}
    )
    assert answer.json()["error_code"] == 400


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example"])
def test_pages_of_other_hosts_cannot_reach_in(client, host):
    for path in (f"/bot{TOKEN}/getMe", "/rig/state", "/"):
        assert client.get(path, headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_pages_of_other_origins_can_neither_read_nor_send(client, rig, site):
    headers = {"Sec-Fetch-Site": site}
    assert client.get(f"/bot{TOKEN}/getMe", headers=headers).status_code == 403
    said = client.post("/rig/say", json={"user_id": USER, "text": "x"}, headers=headers)
    assert said.status_code == 403
    assert rig.messages(USER) == []
    assert client.get("/", headers=headers).status_code == 200  # a link to the chat is harmless


def test_the_page_loads_nothing_from_elsewhere(client):
    page = client.get("/")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert re.findall(r'(?:src|href)="(?!/web/|#)([^"]+)', page.text) == []
    for name in re.findall(r'(?:src|href)="(/web/[^"]+)', page.text):
        assert client.get(name).status_code == 200
    for path in ("/web/none.js", "/web/..%2fpages.py", "/web/%2e%2e/pages.py", "/nothing"):
        assert client.get(path).status_code == 404


def test_documents_are_kept_and_never_opened_as_pages(client, rig):
    rig.send_document(USER, "x.html", b"<script>alert(1)</script>")
    answer = client.get(f"/chat/file/{rig.messages(USER)[0].document.file_id}")
    assert answer.headers["content-disposition"] == "attachment"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert client.get("/chat/file/none").status_code == 404


def test_a_taken_port_is_told(served):
    with pytest.raises(OSError), serve(LocalTelegram(), port=int(served.url.rpartition(":")[2])):
        pass


def test_the_server_stops_at_once_while_a_poll_waits(rig):
    with serve(rig) as served:
        waiting = socket.create_connection(("127.0.0.1", int(served.url.rpartition(":")[2])))
        waiting.sendall(
            f"GET /bot{TOKEN}/getUpdates?timeout=50 HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        )
        time.sleep(0.05)
        begun = time.monotonic()
    assert time.monotonic() - begun < 1
    waiting.close()


def test_a_thread_can_wait_for_what_another_does(rig):
    later = threading.Timer(0.05, rig.say, (USER, "hello"))
    later.start()
    assert rig.wait_for(lambda: rig.messages(USER))[0].text == "hello"
    later.join()
    with pytest.raises(TimeoutError, match=r"nothing came in 0\.01 s"):
        rig.wait_for(lambda: rig.messages(9), timeout_seconds=0.01)


async def test_a_coroutine_can_wait_for_what_another_thread_does(rig):
    later = threading.Timer(0.05, rig.say, (USER, "hello"))
    later.start()
    assert (await rig.until(lambda: rig.messages(USER)))[0].text == "hello"
    later.join()
    with pytest.raises(TimeoutError, match=r"nothing came in 0\.01 s"):
        await rig.until(lambda: rig.messages(9), timeout_seconds=0.01)


async def test_many_threads_talk_at_once_and_nothing_is_lost(bot, rig):
    async def talk(user_id: int) -> None:
        for number in range(20):
            await asyncio.to_thread(rig.say, user_id, str(number))
            await bot.send_message(user_id, f"answer {number}")

    await asyncio.gather(*(talk(2000 + number) for number in range(10)))
    for number in range(10):
        assert len(rig.messages(2000 + number)) == 40
    ids = [update["update_id"] for update in rig.updates.pending]
    assert len(ids) == len(set(ids)) == 200
    assert ids == sorted(ids)


def test_another_process_can_play_the_user(client, rig):
    said = client.post("/rig/say", json={"user_id": USER, "text": "/start"}).json()
    assert rig.updates.pending[0]["update_id"] == said["update_id"]
    content = base64.b64encode(b"\x00\xff").decode()
    client.post("/rig/send_document", json={"user_id": USER, "filename": "x", "content": content})
    assert rig.messages(USER)[-1].document.content == b"\x00\xff"
    seen = client.get("/rig/messages", params={"user_id": USER}).json()
    assert [message["text"] for message in seen] == ["/start", ""]
    assert client.get("/rig/state").json()["pending"] == 2


def test_another_process_can_wait_for_an_answer(client, rig):
    later = threading.Timer(0.05, rig.say, (USER, "late"))
    later.start()
    seen = client.get("/rig/messages", params={"user_id": USER, "wait": 5}).json()
    later.join()
    assert [message["text"] for message in seen] == ["late"]
    assert client.get("/rig/messages", params={"user_id": 9, "wait": 0.01}).json() == []


def test_another_process_can_add_faults_and_latency(client, rig):
    number = client.post("/rig/fault", json={"kind": "500", "times": 1}).json()["number"]
    assert client.get(f"/bot{TOKEN}/getMe").status_code == 500
    assert rig.faults.struck(number) == 1
    assert client.post("/rig/fault", json={"kind": "typo"}).status_code == 400
    client.post("/rig/fault", json={"kind": "500"})
    client.delete("/rig/fault")
    assert client.get(f"/bot{TOKEN}/getMe").status_code == 200
    client.post("/rig/latency", json={"seconds": 0.01})
    assert rig.latency_seconds == 0.01


def test_unknown_actions_and_arguments_are_refused(client):
    assert client.post("/rig/fly", json={}).status_code == 404
    assert client.post("/rig/say", json={"user": 1}).status_code == 400
    assert (
        client.post(
            "/rig/tap", json={"user_id": USER, "message_id": 5, "callback_data": "x"}
        ).status_code
        == 400
    )


def test_the_server_runs_alone_in_a_process_of_its_own():
    command = [sys.executable, "-m", "bot.playground", "--port", "0", "--latency", "0.01"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert httpx.get(f"{url}/rig/state").json()["latency_seconds"] == 0.01
        process.terminate()
        assert process.wait(5) == 0
