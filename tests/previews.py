"""Take the pictures in maps/ of what the program draws: ``python -m tests.previews``.

It needs a Chromium, and for the slide LibreOffice and pdftoppm.
"""

from __future__ import annotations

import io
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

from geo.briefing import briefing, comparison
from geo.fronts import reading
from geo.renderers import figure, slides
from geo.renderers.figure import files, pages
from geo.renderers.webmap.map import render_html
from geo.scenarios import scenario
from tests.pages.browser import find_chromium

MAPS = Path(__file__).parent.parent / "maps"
FIGURE_DPI = 120


def save_previews() -> None:
    """Render every shipped scenario and save its page as a PNG of 1440 by 900 pixels."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        for name, shipped in scenario.read_scenarios().items():
            file = Path(folder) / f"{name}.html"
            file.write_bytes(render_html(briefing.build_briefing(shipped, reading.find_front(shipped.front))))
            page.goto(file.as_uri())
            page.wait_for_selector("html[data-ready=map]")
            page.wait_for_timeout(500)  # for the picture to give way
            picture = Image.open(io.BytesIO(page.screenshot()))
            picture.quantize(256, dither=Image.Dither.NONE).save(MAPS / f"{name}.png", optimize=True)
        browser.close()


def save_figures() -> None:
    """Save the printed page of every shipped scenario, and of all side by side, small enough for a repository."""
    newest, scenarios = reading.find_front(), scenario.read_scenarios()
    for name, shipped in scenarios.items():
        built = briefing.build_briefing(shipped, newest)
        save_small(figure.render_png(figure.build_printout(built), dpi=FIGURE_DPI), f"{name}_a4.png")
    built_all = comparison.build_comparison(list(scenarios.values()), newest)
    save_small(figure.render_png(figure.build_printout(built_all), dpi=FIGURE_DPI), "comparison_a4.png")


def save_text_page() -> None:
    """Save the second page of a PDF: every figure, claim and method."""
    built = briefing.build_briefing(scenario.find_scenario("dnipro-line"), reading.find_front())
    drawing, *_ = pages.build_pages(built, figure.PAGES["a4"], before=1)
    png = files.write_png(drawing, title=built.alt_short, description=built.alt_long, dpi=FIGURE_DPI)
    save_small(png, "dnipro-line_a4_page-2.png")


def save_slide() -> None:
    """Save a slide as LibreOffice shows it (needs soffice and pdftoppm)."""
    built = briefing.build_briefing(scenario.find_scenario("western-ukraine"), reading.find_front())
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "slide.pptx"
        file.write_bytes(slides.render_pptx(built))
        quiet: dict[str, Any] = {"cwd": folder, "check": True, "capture_output": True}
        subprocess.run(["soffice", "--headless", "--convert-to", "pdf", file.name], **quiet)
        subprocess.run(["pdftoppm", "-r", "100", "-png", "-singlefile", "slide.pdf", "slide"], **quiet)
        save_small((Path(folder) / "slide.png").read_bytes(), "western-ukraine_slide.png")


def save_small(png: bytes, name: str) -> None:
    """Save a picture in 256 colours, by the method that keeps the few strong ones."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    few = picture.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(MAPS / name, optimize=True)


if __name__ == "__main__":
    save_figures()
    save_text_page()
    save_slide()
    save_previews()
