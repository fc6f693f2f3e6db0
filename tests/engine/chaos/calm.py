"""A home in which the same editions were collected one after the other, while nothing happened."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

from prospect_aggregate.sandbox.server import Server
from tests.engine.house import House
from tests.engine.services import Sqlite, short_folder


def collected_in_peace(folder: Path, *, editions: int, scale: float, today: date) -> Sqlite:
    """Its database; the home stays on disk."""
    folder.mkdir()
    home = Sqlite(folder / "home" / "prospects.sqlite3")
    with short_folder() as sockets, Server(today=today, scale=scale, current=1, count=6) as agencies:
        (folder / "sockets").symlink_to(sockets)
        led = SimpleNamespace(hosts=",".join(f"{host}={address}" for host, address in agencies.hosts.items()))
        house = House("calm", folder, led, home, None)  # type: ignore[arg-type]  # asks for hosts only
        house.migrate()
        for number in range(1, editions + 1):
            for key in agencies.stage.keys:
                agencies.show(key, number)
            done = house.prospects("collect", "--all")
            assert done.returncode == 0, done.stderr
        house.close()
    return home
