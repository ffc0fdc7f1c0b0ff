"""Requests over HTTP: one after another, and from eight clients at once."""

import gzip
import http.client
import re
import statistics
import threading
import time
import urllib.parse
from dataclasses import dataclass, field

from bench.queries import ANSWER, ASK

CLIENTS = 8
ROUNDS, ROUND_SECONDS = 2, 2.0
MOST, LEAST, SECONDS = 60, 5, 8.0
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Request:
    path: str
    method: str = "GET"
    headers: dict = field(default_factory=dict)


class Client:
    """One kept-open connection with the cookies of whoever logged in."""

    def __init__(self, port, cookies):
        self.cookies = cookies
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def send(self, request, body=None, headers=None):
        """Return status, headers and the bytes as they came over the wire."""
        sent = {"Accept-Encoding": "gzip", **request.headers, **(headers or {})}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if request.method == "POST" and body is None:
            token = {"csrfmiddlewaretoken": self.cookies["csrftoken"]}
            body, sent = urllib.parse.urlencode(token), sent | FORM
        for again in (True, False):
            try:
                self.connection.request(request.method, request.path, body, sent)
                response = self.connection.getresponse()
                content = response.read()
                break
            except (ConnectionError, http.client.RemoteDisconnected):
                # An idle connection was closed by the server just now.
                self.connection.close()
                if not again:
                    raise
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";", 1)[0]
        return response.status, response.headers, content

    def log_in(self, username, password):
        page = Request("/akun/masuk/")
        _, headers, content = self.send(page)
        if headers.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        token = re.search(rb'csrfmiddlewaretoken" value="([^"]+)', content)
        form = {
            "csrfmiddlewaretoken": token[1].decode(),
            "login": username,
            "password": password,
        }
        body = urllib.parse.urlencode(form)
        status, _, _ = self.send(Request(page.path, "POST"), body, FORM)
        if status != 302:
            raise SystemExit(f"Masuk gagal: status {status}")


def compare(sides, cookies):
    """Measure a portal's answer and its floor in turns, so that noise hits both alike.

    `sides` maps a name to (port, request). Returns the figures under the same names.
    """
    clients = {name: Client(port, dict(cookies)) for name, (port, _) in sides.items()}
    found = {}
    for name, (_, request) in sides.items():
        _timed(clients[name], request)
        _timed(clients[name], request)
        _, headers, content = clients[name].send(request, headers={ASK: "1"})
        found[name] = {"bytes": len(content)}
        if ANSWER in headers:
            found[name]["queries"] = int(headers[ANSWER])
    times = {name: [] for name in sides}
    started = time.perf_counter()
    for turn in range(MOST):
        if turn >= LEAST and time.perf_counter() - started > SECONDS:
            break
        for name, (_, request) in sides.items():
            times[name].append(_timed(clients[name], request))
    done = {name: [0, 0.0] for name in sides}
    for _ in range(ROUNDS):
        for name, (port, request) in sides.items():
            answers, seconds = _crowd(port, request, cookies)
            done[name][0] += answers
            done[name][1] += seconds
    for name in sides:
        answers, seconds = done[name]
        found[name] |= {
            "p50_ms": round(statistics.median(times[name]), 1),
            "p95_ms": round(statistics.quantiles(times[name], n=20)[-1], 1),
            "rps_8": round(answers / seconds, 1),
        }
    return found


def _timed(client, request):
    started = time.perf_counter()
    status, _, _ = client.send(request)
    if status != 200:
        raise SystemExit(f"{request.path.split('?')[0]}: status {status}")
    return (time.perf_counter() - started) * 1000


def _crowd(port, request, cookies):
    """Return how many answers eight clients got, and in how many seconds."""
    counts, failures = [0] * CLIENTS, []
    started = time.perf_counter()

    def ask(number):
        client = Client(port, dict(cookies))
        try:
            while time.perf_counter() - started < ROUND_SECONDS:
                _timed(client, request)
                counts[number] += 1
        except (SystemExit, OSError, http.client.HTTPException) as error:
            failures.append(error)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise SystemExit(f"Gagal dengan {CLIENTS} klien: {failures[0]}")
    return sum(counts), time.perf_counter() - started
