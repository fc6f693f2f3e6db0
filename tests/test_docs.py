"""The documents name what there is; a new command or setting without a word fails here."""

import re
from pathlib import Path

import click
import pytest

from prospect_aggregate.cli.main import prospects
from prospect_aggregate.collection.watch import NEEDED
from prospect_aggregate.tasks.policy import POLICY

ROOT = Path(__file__).parents[1]
SETTINGS = (ROOT / "src/prospect_aggregate/settings.py").read_text(encoding="utf-8")
ASKED = sorted(set(re.findall(r'"((?:PROSPECTS_[A-Z_]+)|DATABASE_URL|BROKER_URL)"', SETTINGS)))


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("setting", ASKED)
def test_every_setting_is_documented(setting: str) -> None:
    assert f"| `{setting}` |" in text_of("docs/settings.md")


@pytest.mark.parametrize("command", sorted(prospects.commands))
def test_every_command_is_documented_and_has_help(command: str) -> None:
    assert f"`prospects {command}" in text_of("docs/commands.md")
    assert prospects.commands[command].help


def _options() -> list[tuple[str, click.Option]]:
    commands = prospects.commands.items()
    return [(name, it) for name, command in commands for it in command.params if isinstance(it, click.Option)]


@pytest.mark.parametrize(("command", "option"), _options(), ids=lambda it: getattr(it, "name", it))
def test_every_option_says_what_it_does(command: str, option: click.Option) -> None:
    assert option.help, f"prospects {command} --{option.name}"


def test_the_five_lines_of_contributing_are_a_real_test() -> None:
    shown = text_of("CONTRIBUTING.md").split("```python\n")[1].split("```")[0]
    assert shown in text_of("tests/tasks/test_task_factory.py")


def test_every_alert_says_what_to_do() -> None:
    told = text_of("docs/operations.md")
    kinds = {rule.kind.replace("_", " ") for rule in POLICY.values()}
    assert [kind for kind in sorted(kinds) if kind not in told] == []
    causes = [f"engine: no {kind}" for kind in NEEDED] + [
        f"engine: {it}" for it in ("broker", "queue", "disk")
    ]
    assert [cause for cause in causes if f"`{cause}`" not in told] == []


def test_links_between_documents_lead_somewhere() -> None:
    for document in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for target in re.findall(r"\]\((?!https?://)([^)#]+)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name} → {target}"
