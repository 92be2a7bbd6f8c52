# Looks at a report with a browser: it renders, says nothing on the console, asks for nothing, and fits a phone, a dark room and
# paper.  Skips, and says so, where there is no Chromium.
import functools
import html
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import tap

BUILD = pathlib.Path(os.environ.get("KENNIS_BUILDDIR", "."))
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="kennis-browser-"))
PAGE = FOLDER / "report.html"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars", "--enable-logging=stderr"]
# What is measured in the page is put into its title by this, in a copy of the page that may run it.
PROBE = """
const luminance = c => { const p = c.map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
  return .2126 * p[0] + .7152 * p[1] + .0722 * p[2]; };
const rgb = text => (text.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
const ground = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor);
  if (c.length < 4 || c[3] > 0) return c.slice(0, 3); } return [255, 255, 255]; };
let worst = 99, what = '';
for (const e of document.querySelectorAll('body *')) {
  if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || !e.getClientRects().length || e.closest('.skip,.ear')) continue;
  const style = getComputedStyle(e), svg = e.closest('svg');
  if (svg && !['text'].includes(e.tagName)) continue;
  const a = luminance(rgb(svg ? style.fill : style.color).slice(0, 3)), b = luminance(ground(svg ? svg.parentElement : e));
  const contrast = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  if (contrast < worst) { worst = contrast; what = e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 30); }
}
document.title = JSON.stringify({ worst, what, width: document.documentElement.scrollWidth, shown: innerWidth,
  text: [...document.querySelectorAll('svg text')].filter(t => { const r = t.getBoundingClientRect(), s = t.ownerSVGElement.getBoundingClientRect();
    return r.width && (r.left < s.left - 2 || r.right > s.right + 2 || r.bottom > s.bottom + 2); }).map(t => t.textContent),
  charts: document.querySelectorAll('svg[role=img]').length, dark: matchMedia('(prefers-color-scheme: dark)').matches });
"""


def chromium(*options, page=PAGE):
    with tempfile.TemporaryDirectory() as profile:
        ran = subprocess.run([CHROMIUM, *FLAGS, f"--user-data-dir={profile}", *options, page.as_uri()], capture_output=True, timeout=150)
    return ran.stdout.decode(errors="replace"), ran.stderr.decode(errors="replace")


def needs_chromium(test):
    @functools.wraps(test)
    def run():
        if CHROMIUM is None:
            raise tap.Skip("chromium is not installed: nobody looked at the report with a browser")
        test()
    return run


def probe(*options):
    """What the script above finds out; the page is the same but for its policy and the script."""
    text = PAGE.read_text()
    assert "default-src 'none'" in text.replace("&#39;", "'")
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    copy = FOLDER / "probe.html"
    copy.write_text(text.replace("</body>", f"<script>{PROBE}</script></body>"))
    out, _ = chromium("--dump-dom", *options, page=copy)
    return json.loads(html.unescape(re.search(r"<title>(.*?)</title>", out, re.S).group(1)))


def a_report_is_made():
    subprocess.run([str(BUILD / "examples/kennis-simulate"), "--people=150", "--months=14", f"--output={FOLDER}"], check=True)
    subprocess.run([str(BUILD / "examples/kennis-report"), "--format=html", "--by=team", "--from=2023", "--to=2023", f"--output={PAGE}",
                    str(FOLDER / "organisation.xml")], check=True)


@needs_chromium
def the_console_says_nothing_and_nothing_is_loaded():
    log = FOLDER / "net.json"
    out, said = chromium("--dump-dom", f"--log-net-log={log}")
    assert "</main>" in out
    spoken = [line for line in said.splitlines() if "CONSOLE" in line]
    assert not spoken, spoken
    addresses = set(re.findall(r'"url":\s*"((?:https?|wss?)://[^"]*)"', log.read_text()) if log.exists() else [])
    assert not [a for a in addresses if "google" not in a and "gstatic" not in a], addresses


@needs_chromium
def text_stands_out_by_light_and_in_the_dark():
    for options in ((), ("--blink-settings=preferredColorScheme=0",)):
        found = probe("--window-size=1100,900", *options)
        assert found["worst"] >= 4.5, found
        assert found["dark"] == bool(options), found


@needs_chromium
def charts_keep_their_words_within_them():
    found = probe("--window-size=1100,900")
    assert found["charts"] >= 2 and found["text"] == [], found


@needs_chromium
def a_narrow_window_needs_no_sideways_scrolling_of_the_page():
    found = probe("--window-size=500,900")
    assert found["width"] <= found["shown"], found


@needs_chromium
def it_is_drawn_and_printed():
    shot, paper = FOLDER / "shot.png", FOLDER / "paper.pdf"
    chromium("--window-size=1000,1400", f"--screenshot={shot}")
    data = shot.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n" and struct.unpack(">II", data[16:24]) == (1000, 1400) and len(data) > 30000
    chromium("--no-pdf-header-footer", f"--print-to-pdf={paper}")
    assert paper.read_bytes()[:5] == b"%PDF-" and paper.stat().st_size > 20000


try:
    tap.run(a_report_is_made, the_console_says_nothing_and_nothing_is_loaded, text_stands_out_by_light_and_in_the_dark,
            charts_keep_their_words_within_them, a_narrow_window_needs_no_sideways_scrolling_of_the_page, it_is_drawn_and_printed)
finally:
    shutil.rmtree(FOLDER, ignore_errors=True)
