"""What a step does to plain data: a value is taken out, doubled, moved, or replaced by a hostile one."""

from __future__ import annotations

import copy
import json
import math
import re
import tomllib
from pathlib import Path
from random import Random
from typing import Any

HOSTILE: dict[str, Any] = tomllib.loads((Path(__file__).parent / "hostile.toml").read_text(encoding="utf-8"))
ESCAPE = "\x1b]0;pwn\x07"
TEXTS = (*HOSTILE["texts"], "\ud800", "x" * 130, "x" * 140_000)
NUMBERS = (0, -1, 1, 0.5, -0.0, 5e-324, 1e-9, 1e12, 1e308, math.nan, math.inf, -math.inf, 2**63, 2**64)

RAW = (
    *("9" * 5000, "1e999", "-Infinity", "[" * 100 + "]" * 100),
    '{"a":' * 70 + "1" + "}" * 70,
)
VALUES: tuple[Any, ...] = (
    *(None, True, False, [], {}, [[]], [{}], [None], {"": None}),
    *TEXTS,
    *NUMBERS,
    *(f"@raw:{text}" for text in RAW),
)


def mutate(tree: Any, rng: Random) -> None:
    """Change one place of plain data in one way."""
    holder, key = pick(tree, rng)
    if holder is None:
        return
    action = rng.choice(("take out", "replace", "replace", "double", "wrap", "swap", "rename"))
    if action == "take out":
        del holder[key]
    elif action == "replace":
        holder[key] = copy.deepcopy(rng.choice(VALUES))
    elif action == "double" and isinstance(holder, list):
        holder.insert(key, copy.deepcopy(holder[key]))
    elif action == "double":
        holder[f"{key}@again"] = copy.deepcopy(rng.choice((holder[key], *VALUES)))
    elif action == "wrap":
        holder[key] = [holder[key]]
    elif action == "swap":
        other, at = pick(tree, rng)
        other[at], holder[key] = copy.deepcopy(holder[key]), copy.deepcopy(other[at])
    elif isinstance(holder, dict):
        holder[rng.choice((str(key).upper(), f"{key}x", *TEXTS))] = holder.pop(key)


def pick(tree: Any, rng: Random) -> tuple[Any, Any]:
    """Return the object or list, and the key in it, of some value; those near the top are likelier."""
    holder, key, value = None, None, tree
    while isinstance(value, dict | list) and value and (holder is None or rng.random() < 0.75):
        holder, key = value, rng.choice([*value] if isinstance(value, dict) else range(len(value)))
        value = holder[key]
    return holder, key


def dump(tree: Any) -> str:
    """Return plain data as JSON; raw texts stand as they are, and keys marked as repeated twice."""
    text = json.dumps(tree).replace('@again": ', '": ')
    return re.sub(r'"@raw:((?:[^"\\]|\\.)*)"', lambda found: found[1].replace('\\"', '"'), text)


def break_bytes(data: bytes, rng: Random) -> bytes:
    """Change the bytes of a file in one way that happens to files."""
    at, length = rng.randrange(len(data) + 1), rng.choice((1, 4, 64, 4096))
    changes = (
        lambda: data[:at],
        lambda: data[:at] + data[at + length :],
        lambda: data[:at] + rng.randbytes(length) + data[at + length :],
        lambda: data[:at] + bytes(length) + data[at + length :],
        lambda: data[:at] + data[at : at + length] * 2 + data[at + length :],
        lambda: data + rng.randbytes(length),
        lambda: b"\xef\xbb\xbf" + data,
        lambda: data.decode("utf-8", "replace").encode("utf-16"),
        lambda: data.replace(b"\n", b"\r\n"),
        lambda: b"",
        lambda: bytes(4096),
    )
    return rng.choice(changes)()
