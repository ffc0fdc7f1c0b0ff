"""A browser in which somebody is logged in, and a check of what it shows."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.running import run_job

ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
# What axe reports of the frame is tested with the frame; here: the pages of records.
MAX_FINDINGS = 0
# An old PC at the office, a phone at home.
UKURAN = ({"width": 390, "height": 844}, {"width": 1366, "height": 768})


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "chromium tidak terpasang; setel CHROMIUM ke berkasnya"
    # Playwright runs an event loop in this thread; the tests are not async for that.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_as(
    chromium: Browser, live_server: Any, settings: Any
) -> Iterator[Callable[..., Page]]:
    settings.ALLOWED_HOSTS = ["*"]
    contexts = []

    def open_page(person: Any, **options: Any) -> Page:
        client = Client()
        client.force_login(getattr(person, "user", person))
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": 1366, "height": 768},
            accept_downloads=True,
            **options,
        )
        contexts.append(context)
        context.add_cookies(
            [
                {
                    "name": "sessionid",
                    "value": client.cookies["sessionid"].value,
                    "url": live_server.url,
                }
            ]
        )
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def check_access(page: Page) -> None:
    # A button that has just been enabled is half faded for a moment, which begins with
    # the next frame.
    page.evaluate(
        """() => new Promise(requestAnimationFrame).then(() => Promise.all(
            document.getAnimations()
                .filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
                .map((one) => one.finished.catch(() => null))
        )).then(() => null)"""
    )
    found = Axe().run(page)
    assert found.violations_count == MAX_FINDINGS, found.generate_report()


def look_at(page: Page, nama: str) -> None:
    """Look at a page on a phone and on a PC: axe finds nothing, nothing is cut off.

    With GAMBAR set to a folder each look is kept there as a picture.
    """
    for ukuran in UKURAN:
        page.set_viewport_size(ukuran)
        lebar = page.evaluate("document.documentElement.scrollWidth")
        assert lebar <= ukuran["width"], (nama, lebar)
        check_access(page)
        if folder := os.environ.get("GAMBAR"):
            path = Path(folder) / f"{nama}-{ukuran['width']}.png"
            page.screenshot(path=path, full_page=True)


def finish_job(page: Page) -> None:
    """Run the job whose page is open, as the worker would, and look at it again.

    In a thread of its own: in this one runs the event loop of the browser.
    """

    pk = page.url.rstrip("/").rsplit("/", 1)[1]

    def work() -> None:
        run_job(Job.objects.get(pk=pk).pk)
        connections.close_all()

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    page.reload()
