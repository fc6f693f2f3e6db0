"""Python as this repository writes it: broken where a line would be longer than its formatter allows."""

import json
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH = 110
PROSE = 118
_STEP = 4


@dataclass(frozen=True, slots=True)
class Call:
    """`column("A", "B", read=composite)`; arguments may be calls."""

    name: str
    arguments: tuple["Code", ...]


@dataclass(frozen=True, slots=True)
class Several:
    """`("A", "B")`."""

    items: tuple[str, ...]


Code = str | Call | Several
"""A string is written as it is."""


def quoted(said: str) -> str:
    """A string in the quotes that need fewer escapes, double ones if in doubt."""
    if '"' in said and "'" not in said:
        return f"'{said}'".replace("\\", "\\\\")
    return json.dumps(said, ensure_ascii=False)


def flat(code: Code) -> str:
    if isinstance(code, Call):
        return f"{code.name}({', '.join(map(flat, code.arguments))})"
    if isinstance(code, Several):
        return f"({', '.join(code.items)}{',' if len(code.items) == 1 else ''})"
    return code


def broken(before: str, code: Code, after: str, indent: int) -> list[str]:
    """`before`, the code and `after` on one line where they fit, else as the formatter breaks them."""
    space = " " * indent
    one = f"{space}{before}{flat(code)}{after}"
    if len(one) <= WIDTH or isinstance(code, str):
        return [one]
    if isinstance(code, Several):
        inside = [f"{space}    {item}," for item in code.items]
        return [f"{space}{before}(", *inside, f"{space}){after}"]
    together = f"{space}    {', '.join(map(flat, code.arguments))}"
    inside = [together] if len(together) <= WIDTH else _each(code.arguments, indent + _STEP)
    return [f"{space}{before}{code.name}(", *inside, f"{space}){after}"]


def _each(arguments: Iterable[Code], indent: int) -> list[str]:
    return [line for each in arguments for line in broken(*_keyword(each), ",", indent)]


def _keyword(code: Code) -> tuple[str, Code]:
    """`read=people(…)` is broken inside of its call."""
    if isinstance(code, Call) and "=" in code.name:
        keyword, _, name = code.name.partition("=")
        return f"{keyword}=", Call(name, code.arguments)
    return "", code


def packed(name: str, items: Sequence[str], indent: int) -> list[str]:
    """A tuple of many short strings, as many on a line as fit; the formatter is told to leave it."""
    one = broken(f"{name} = ", Several(tuple(items)), "", indent)
    if len(one) == 1:
        return one
    space = " " * indent
    lines = textwrap.wrap(", ".join(item.replace(" ", "\0") for item in items) + ",", PROSE - indent - _STEP)
    inside = [f"{space}    {line}".replace("\0", " ") for line in lines]
    return [f"{space}{name} = (", *inside, f"{space})  # fmt: skip"]


def prose(*paragraphs: str) -> str:
    """A module's docstring: a sentence, a blank line, the rest."""
    told = (each.replace("\\", "\\\\") for each in paragraphs)
    first, *rest = ("\n".join(textwrap.wrap(each, PROSE, break_on_hyphens=False)) for each in told)
    return f'"""{first}\n\n' + "\n".join(rest) + '\n"""\n'
