"""The peers: a bare Django endpoint that inserts one row, and bare grouped SQLite commits."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from bench.line import Line, post, race
from comity_stage.ports import HOST, free

ROW: Final = 1_400
GROUP: Final = 64
SOURCE: Final = """
import os
from django.conf import settings

settings.configure(
    SECRET_KEY="bench", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, USE_TZ=True,
    DATABASES={"default": {
        "ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["BENCH_DB"],
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command":
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"},
    }},
)
import django

django.setup()
from django.core.wsgi import get_wsgi_application
from django.db import connection, models, transaction
from django.http import HttpResponse
from django.urls import path


class Row(models.Model):
    body = models.BinaryField()

    class Meta:
        app_label = "bench"


def insert(request):
    with transaction.atomic():
        Row.objects.create(body=request.body)
    return HttpResponse(b"ok", headers={"Content-Length": "2"})


urlpatterns = [path("insert", insert)]
if os.environ.get("BENCH_MAKE"):
    with connection.schema_editor() as editor:
        editor.create_model(Row)
application = get_wsgi_application()
"""


def django_inserts_per_second(folder: Path, tls: Path, *, rows: int, lines: int) -> float:
    """Return rows per second that a bare Django view inserts, one durable commit each."""
    (folder / "bench_django.py").write_text(SOURCE, encoding="utf-8")
    requests = [post("/insert", os.urandom(ROW)) for _ in range(rows)]
    with _django(folder, tls) as port:
        race(port, requests[: rows // 10], lines)
        seconds, answers = race(port, requests, lines)
    if any(status != 200 for status, _ in answers):  # noqa: PLR2004
        message = "the Django endpoint refused a row"
        raise RuntimeError(message)
    return rows / seconds


@contextmanager
def _django(folder: Path, tls: Path) -> Iterator[int]:
    port = free([("DJA", "django")]).nodes[0][1]
    world = {**os.environ, "BENCH_DB": str(folder / "django.sqlite3"), "PYTHONPATH": str(folder)}
    subprocess.run(
        [sys.executable, "-c", "import bench_django"],
        check=True,
        env={**world, "BENCH_MAKE": "1"},
        cwd=folder,
    )
    command = [
        str(Path(sys.executable).with_name("granian")),
        *("--interface", "wsgi", "--host", HOST, "--port", str(port), "--workers", "1"),
        *("--blocking-threads", "4", "--no-ws", "--log-level", "error"),
        *("--ssl-certificate", str(tls.with_suffix(".crt"))),
        *("--ssl-keyfile", str(tls.with_suffix(".key")), "bench_django:application"),
    ]
    server = subprocess.Popen(command, env=world, cwd=folder, start_new_session=True)
    try:
        _listening(port)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def _listening(port: int) -> None:
    until = time.perf_counter() + 30
    while True:
        try:
            Line(port).close()
        except OSError:
            if time.perf_counter() > until:
                raise
            time.sleep(0.05)
        else:
            return


def grouped_commits_per_second(folder: Path, *, rows: int) -> float:
    """Return rows per second of bare SQLite: ``GROUP`` rows of a commit, synchronous FULL."""
    body = os.urandom(ROW)
    with closing(sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, body BLOB)")
        started = time.perf_counter()
        for _ in range(rows // GROUP):
            database.execute("BEGIN IMMEDIATE")
            database.executemany("INSERT INTO row (body) VALUES (?)", [(body,)] * GROUP)
            database.execute("COMMIT")
        seconds = time.perf_counter() - started
    return (rows // GROUP) * GROUP / seconds
