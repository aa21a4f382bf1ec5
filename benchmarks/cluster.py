"""A private PostgreSQL cluster in a temporary folder, for measurements and for the tests."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import URL

from benchmarks.servers import HOST, free_port

DEBIAN = Path("/usr/lib/postgresql")
# A password that a URL must quote.
USER, PASSWORD = "facilitator", "horse:4@5/staple"
# PostgreSQL does not run as root; the first is the user that its package makes.
UNPRIVILEGED = ("postgres", "nobody")


class NoPostgres(Exception):
    """There is no PostgreSQL on this machine; the message says where it was looked for."""


def find_programs() -> Path:
    """Return the folder of PostgreSQL's programs; raise NoPostgres if there is none."""
    on_path = shutil.which("initdb")
    versions = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not on_path and not versions:
        raise NoPostgres(f"initdb is neither on the PATH nor in {DEBIAN}/*/bin.")
    return Path(on_path).resolve().parent if on_path else versions[-1].parent


def unprivileged() -> dict[str, Any]:
    """Return as whom a program runs that refuses root."""
    if os.geteuid():
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = next(known[name] for name in UNPRIVILEGED if name in known)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": ()}


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL server; it keeps its port and its data when it is stopped and started again."""

    programs: Path
    folder: Path
    port: int
    settings: tuple[str, ...] = ()

    def make(self) -> None:
        """Make the files of the cluster, which asks for a password."""
        password = self.folder / "password"
        password.write_text(PASSWORD, "utf-8")
        as_whom = unprivileged()
        for path in (self.folder, password) if as_whom else ():
            os.chown(path, as_whom["user"], as_whom["group"])
        self.run(
            *("initdb", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"),
            *("--username", USER, "--pwfile", str(password)),
        )

    def start(self) -> None:
        """Start the server and wait until it takes connections."""
        named = "".join(f" -c {setting}" for setting in self.settings)
        options = f"-p {self.port} -h {HOST} -k {self.folder}{named}"
        self.run(
            "pg_ctl", "start", "--wait", "--log", str(self.folder / "log"), "--options", options
        )

    def stop(self, mode: str = "fast") -> None:
        """Stop the server, in good order or, in the mode "immediate", as a crash would."""
        self.run("pg_ctl", "stop", "--wait", "--mode", mode)

    def is_running(self) -> bool:
        return (self.folder / "data" / "postmaster.pid").exists()

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs on the cluster; raise CalledProcessError if it fails."""
        subprocess.run(  # noqa: S603
            [self.programs / program, *arguments, "--pgdata", self.folder / "data"],
            cwd=self.folder,
            check=True,
            stdout=subprocess.DEVNULL,
            **unprivileged(),
        )

    def url(self, database: str) -> str:
        url = URL.create("postgresql", USER, PASSWORD, HOST, self.port, database)
        return url.render_as_string(hide_password=False)

    def make_database(self, name: str, template: str = "template1") -> str:
        """Make a database that holds what its template holds, and return its URL."""
        query = SQL("create database {} template {}").format(Identifier(name), Identifier(template))
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(query)
        return self.url(name)


@contextmanager
def private_cluster(*settings: str) -> Iterator[Cluster]:
    """Run a cluster of our own for a while; raise NoPostgres if there is no PostgreSQL.

    Each of the `settings` is as in `fsync=off`.
    """
    programs = find_programs()
    with TemporaryDirectory(prefix="postgres-") as folder:
        cluster = Cluster(programs, Path(folder), free_port(), settings)
        cluster.make()
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop("immediate")
