"""Houses for the tests: one, or one on every engine that can be had here, all at the same time."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.engine.house import House, house
from tests.engine.services import EMBEDDED, ENGINES, Engine

Story = Callable[[House], None]
Settings = Mapping[Engine, Mapping[str, object]]
NO_SETTINGS: Settings = MappingProxyType({})


@pytest.fixture
def new_house(tmp_path: Path) -> Iterator[Callable[..., House]]:
    """On the embedded engine, nothing running in it yet."""
    with ExitStack() as stack:
        yield lambda **settings: stack.enter_context(house(tmp_path, EMBEDDED, **settings))


@pytest.fixture
def on_every_engine(tmp_path: Path, subtests: pytest.Subtests) -> Callable[..., None]:
    """Tells a story in a house on each engine, side by side: these tests wait more than they work."""

    def tell(engine: Engine, story: Story, settings: Mapping[str, object]) -> None:
        folder = tmp_path / str(ENGINES.index(engine))
        folder.mkdir()
        with house(folder, engine, **settings) as home:
            home.migrate()
            home.start_broker()
            story(home)

    def tell_all(story: Story, apart: Settings = NO_SETTINGS, **settings: object) -> None:
        missing = {engine: engine.missing() for engine in ENGINES}
        with ThreadPoolExecutor(len(ENGINES)) as pool:
            there = [engine for engine in ENGINES if not missing[engine]]
            told = {engine: pool.submit(tell, engine, story, apart.get(engine, settings)) for engine in there}
        for engine in ENGINES:
            with subtests.test(engine=f"{engine}"):
                if reason := missing[engine]:
                    pytest.skip(reason)
                told[engine].result()

    return tell_all
