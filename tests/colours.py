"""Colours as eyes meet them: contrast as WCAG 2 defines it, and colour blindness after Machado et al. (2009)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])

_DEFICIENCIES = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
"""Matrices for linear RGB at severity 1.0: Machado, Oliveira and Fernandes, "A Physiologically-based Model for
Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009, https://doi.org/10.1109/TVCG.2009.113, table 1."""

VISIONS = ("usual", *_DEFICIENCIES, "greyscale")


def contrast(colour: str, ground: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((luminance(colour), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``, 0 to 1."""
    return float(_LUMINANCE @ _linear(colour))


def difference(one: str, other: str, vision: str = "usual") -> float:
    """Return how different two colours look to a kind of vision: distance in CIE Lab (1976); about 2 is visible."""
    return float(np.linalg.norm(_lab(_seen(one, vision)) - _lab(_seen(other, vision))))


def over(colour: str, opacity: float, ground: str) -> str:
    """Return the colour that a veil of this opacity (0 to 1) gives on a ground."""
    mixed = [opacity * c + (1 - opacity) * g for c, g in zip(_bytes(colour), _bytes(ground), strict=True)]
    return "#" + "".join(f"{round(value):02x}" for value in mixed)


def _seen(colour: str, vision: str) -> Floats:
    linear = _linear(colour)
    if vision == "greyscale":
        return np.full(3, _LUMINANCE @ linear)
    matrix: Any = _DEFICIENCIES.get(vision, np.eye(3))
    seen: Floats = np.clip(np.array(matrix) @ linear, 0, 1)
    return seen


def _bytes(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def _linear(colour: str) -> Floats:
    encoded = np.array(_bytes(colour)) / 255
    linear: Floats = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    return linear


def _lab(linear: Floats) -> Floats:
    """Return CIE Lab under D65 of linear sRGB."""
    to_xyz = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    )
    ratio = to_xyz @ linear / np.array([0.95047, 1.0, 1.08883])
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])
