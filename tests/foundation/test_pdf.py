"""Our PDFs: readable for everybody, and deaf to whatever stands in a text."""

import base64
import contextlib
import io
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from html import escape
from pathlib import Path
from urllib.parse import urljoin

import pikepdf
import pypdf
import pytest
import tinyhtml5
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation import confinement, pdf
from foundation.charts import Count, bar_chart
from foundation.pdf import LARGEST, HelperDied, PdfFailed, measure_pdf, render_pdf
from foundation.pdf_render import OwnFilesFetcher, allowed_links, is_allowed_link, make_pdf, strip_links

FAMILIES = {"Source Sans 3": "latin", "Source Sans 3 Ext": "latin-ext"}
STYLE = "".join(
    f"@font-face {{ font-family: '{family}'; font-weight: {weight};"
    f" src: url(app-static:/fonts/source-sans-3-{part}-{weight}-normal.woff2) }}"
    for family, part in FAMILIES.items()
    for weight in (400, 600)
)
STYLE += "body { font-family: 'Source Sans 3', 'Source Sans 3 Ext' } th { font-weight: 600 }"
LETTERS = "Şükrü Yıldız, Doğan, Łukasz Żółć, Noël, İpek"


def page(body):
    return f"<!doctype html><html><head><style>{STYLE}</style></head><body>{body}</body></html>"


def text_of(content):
    """pypdf puts a NUL before each letter when the font lacks one of the letters of the document."""
    sheets = pypdf.PdfReader(io.BytesIO(content)).pages
    return "\n".join(sheet.extract_text() for sheet in sheets).replace("\0", "")


def opened(content):
    return pikepdf.open(io.BytesIO(content))


def tags_of(document):
    return [
        str(thing.S) for thing in document.objects if isinstance(thing, pikepdf.Dictionary) and "/S" in thing
    ]


def addresses_of(content):
    with opened(content) as document:
        found = [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary)]
        return [str(thing.A.URI) for thing in found if "/A" in thing and "/URI" in thing.A]


@pytest.fixture(scope="module")
def minutes():
    rows = "".join(f"<tr><td>Gesprek {number}</td><td>{LETTERS}</td></tr>" for number in range(60))
    body = f"<h1>Verslag</h1><table><thead><tr><th>Actie</th><th>Wie</th></tr></thead>{rows}</table>"
    return render_pdf(page(body + '<a href="https://example.nl/">bron</a>'), title="Verslag JPP 12 mei")


# --- readable for everybody ---------------------------------------------------------------------


def test_pdf_is_tagged_dutch_and_shows_its_title(minutes):
    with opened(minutes) as document:
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert str(document.Root.Lang) == "nl"
        assert str(document.docinfo.Title) == "Verslag JPP 12 mei"
        metadata = document.Root.Metadata.read_bytes().decode()
    assert "pdfuaid:part" in metadata and "Verslag JPP 12 mei" in metadata


def test_table_keeps_its_headers_on_every_page(minutes):
    with opened(minutes) as document:
        tags = tags_of(document)
        assert len(document.pages) == 2
    assert tags.count("/TH") == 4  # two columns, two pages
    assert {"/Document", "/H1", "/Table", "/TD", "/Link"} <= set(tags)


def test_letters_of_every_name_survive(minutes):
    assert text_of(minutes).count(LETTERS) == 60


def test_only_our_fonts_are_embedded(minutes):
    with opened(minutes) as document:
        fonts = [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary)]
        names = {str(font.BaseFont) for font in fonts if "/BaseFont" in font}
    assert names and all("Source-Sans-3" in name for name in names)


def test_chart_is_a_figure_with_its_title_as_alternative():
    chart = bar_chart([Count("Heerlen", 12)], title="Signalen per gemeente", description="Heerlen 12.")
    with opened(render_pdf(page(f"<figure>{chart}</figure>"), title="Cijfers")) as document:
        figures = [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary)]
        (figure,) = [thing for thing in figures if thing.get("/S") == "/Figure"]
        assert str(figure.Alt) == "Signalen per gemeente"


def test_same_html_gives_the_same_bytes(minutes):
    assert render_pdf(page("<p>Twee keer</p>"), title="A") == render_pdf(page("<p>Twee keer</p>"), title="A")


def test_strange_characters_are_text():
    strange = "nul \x00 half \ud800 bidi \u202e nulbreed \u200b klok \U0001f552 eind"
    assert "slot" in text_of(render_pdf(page(f"<p>{strange}</p><p>slot</p>"), title="Titel \ud800 \x00 <b>"))


def test_stylesheet_of_ours_finds_its_neighbours():
    address = urljoin("app-static:/css/pdf.css", "../fonts/source-sans-3-latin-400-normal.woff2")
    assert OwnFilesFetcher({}).fetch(address).content_type == "font/ttf"


# --- deaf ---------------------------------------------------------------------------------------


class Listener:
    """A port that counts who knocks."""

    def __init__(self):
        self.knocks = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            try:
                visitor = self.socket.accept()[0]
            except OSError:
                return
            self.knocks += 1
            visitor.sendall(b"HTTP/1.0 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            visitor.close()


@pytest.fixture
def listener():
    listener = Listener()
    yield listener
    listener.socket.close()


def resources(address):
    """Every way in which a document can ask for something: thirteen kinds."""
    image = f'<image href="{address}/nested" width="9" height="9"/>'
    nested = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{image}</svg>'
    data = "data:image/svg+xml;base64," + base64.b64encode(nested.encode()).decode()
    return {
        "link": f'<link rel="stylesheet" href="{address}/link">',
        "import": f'<style>@import "{address}/import";</style>',
        "font": f"<style>@font-face{{font-family:X;src:url({address}/font)}}p{{font-family:X}}</style>",
        "background": f'<div style="background:url({address}/background)">x</div>',
        "list-style": f'<ul><li style="list-style-image:url({address}/list)">x</ul>',
        "content": f"<style>h6::before{{content:url({address}/content)}}</style><h6>x</h6>",
        "border-image": f'<div style="border:9px solid;border-image:url({address}/border) 9">x</div>',
        "img": f'<img src="{address}/img" alt="x">',
        "object": f'<object data="{address}/object">x</object>',
        "embed": f'<embed src="{address}/embed" type="image/png">',
        "svg": f'<svg width="9" height="9"><image href="{address}/svg" width="9" height="9"/></svg>',
        "nested": f'<img src="{data}" alt="x">',
        "attachment": f'<link rel="attachment" href="{address}/attachment">',
    }


@pytest.mark.parametrize("kind", resources(""))
def test_no_resource_is_fetched(kind, listener):
    make_pdf(resources(listener.address)[kind], title="x", fonts={})  # the fetcher alone, with a network
    assert listener.knocks == 0


def test_the_same_resources_are_fetched_without_our_fetcher(listener):
    from weasyprint import HTML

    HTML(string="".join(resources(listener.address).values())).write_pdf()
    assert listener.knocks >= 13


HOSTILE = """
<base href="http://evil.example/"><title>vals</title>
<link rel=attachment href="file:///etc/passwd"><link rel=attachment href="data:text/plain,geheim">
<a rel=attachment href="https://example.nl/x">bijlage</a><a href="file:///etc/passwd">bestand</a>
<a href=" java&#10;script:alert(1)">script</a><a href="relatief">relatief</a><a href="//evil.example">kaal</a>
<a href="#">leeg</a><a href="HTTPS://example.nl/goed">goed</a><a href="#hier" id=hier>hier</a>
<p style="-weasy-link: url('javascript:alert(2)')">stijl</p>
<p style="-weasy-link: url('file:///etc')">stijl</p>
<img src="file:///etc/passwd" alt=x><object data="app-static:/../ijap/settings.py"></object>
<svg><a xlink:href="javascript:alert(3)"><text y=9>svg</text></a></svg>
"""


def test_hostile_text_leaves_no_address_and_no_file_behind():
    content = render_pdf(page(HOSTILE), title="Echt")
    assert {address.lower() for address in addresses_of(content)} == {
        "https://example.nl/goed",
        "https://example.nl/x",
    }
    with opened(content) as document:
        everything = b"".join(
            thing.read_bytes() if isinstance(thing, pikepdf.Stream) else thing.unparse(resolved=False)
            for thing in document.objects
            if isinstance(thing, pikepdf.Object)
        )
        assert str(document.docinfo.Title) == "Echt"
    for word in (
        b"EmbeddedFile",
        b"Filespec",
        b"javascript:",
        b"file:",
        b"evil",
        b"geheim",
        b"/JS",
        b"root:",
    ):
        assert word not in everything


def test_last_gate_lets_only_links_through():
    good = [("internal", "hier"), ("external", "https://example.nl/")]
    bad = [("external", "javascript:alert(1)"), ("external", "app-static:/"), ("attachment", "https://a.nl")]
    assert list(allowed_links(bad + good)) == good


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "https://example.nl/",
        "ftp://127.0.0.1/",
        "app-static:/../manage.py",
        "app-static:/%2e%2e/manage.py",
        "app-static:/css/../../ijap/settings.py",
        "app-static://etc/passwd",
        "app-static:/etc/passwd.css",
        "app-static:/fonts",
        "app-static:/a%00.css",
        "data:text/html,x",
        "data:text/plain,image/png",
        "APP-STATIC:/fonts/LICENSE",
        "zonder schema",
    ],
)
def test_fetcher_refuses(address):
    with pytest.raises((ValueError, OSError)):
        OwnFilesFetcher({}).fetch(address)


ATTACKS = st.sampled_from(
    [
        "javascript:",
        "file:///",
        "http://",
        "https://",
        "#",
        "data:text/html,",
        "//",
        "\t",
        "\n",
        " ",
        "JavaScript:",
        "vbscript:",
    ]
)
ADDRESSES = st.lists(st.one_of(ATTACKS, st.text(max_size=8)), max_size=4).map("".join)
TAGS = st.sampled_from(["a", "area", "link", "svg", "image", "div", "button"])


@settings(deadline=None)
@given(st.lists(st.tuples(TAGS, st.sampled_from(["href", "HREF", "xlink:href"]), ADDRESSES), max_size=6))
def test_no_address_but_https_and_places_in_the_document_survives(links):
    html = "".join(f'<{tag} {name}="{escape(address)}">x</{tag}>' for tag, name, address in links)
    root = tinyhtml5.parse(html, namespace_html_elements=False)
    strip_links(root)
    left = [
        value for element in root.iter() for name, value in element.attrib.items() if "href" in name.lower()
    ]
    assert all(value.lower().startswith(("https://", "#")) for value in left)


@given(ADDRESSES)
def test_allowed_link_never_holds_a_break(address):
    assert not is_allowed_link(address) or address.split() == [address]


linux = pytest.mark.skipif(sys.platform != "linux", reason="alleen Linux kent /proc")

# --- within limits ------------------------------------------------------------------------------

COLSPAN_BOMB = "<table>" + "<tr>" + '<td colspan="1000">x</td>' * 200 + "</tr></table>"


def test_endless_document_is_stopped_and_the_next_one_is_made():
    render_pdf("<p>warm", title="x")
    started = time.monotonic()
    with pytest.raises(PdfFailed, match="te lang"):
        render_pdf(COLSPAN_BOMB, title="Bom", seconds=3)
    assert time.monotonic() - started < 10
    assert "verder" in text_of(render_pdf(page("verder"), title="x"))


def test_clock_stops_a_helper_that_hangs():
    render_pdf("<p>warm", title="x")
    os.kill(pdf._current.process.pid, signal.SIGSTOP)
    with pytest.raises(PdfFailed, match="te lang"):
        render_pdf("<p>x", title="x", seconds=1)
    assert "verder" in text_of(render_pdf(page("verder"), title="x"))


def test_deeply_nested_document_fails_politely():
    with pytest.raises(PdfFailed, match="kon niet worden gemaakt"):
        render_pdf("<div>" * 5000, title="Diep")
    assert "verder" in text_of(render_pdf(page("verder"), title="x"))


def test_too_large_document_is_refused_beforehand():
    with pytest.raises(PdfFailed, match="te groot"):
        render_pdf("x" * (LARGEST + 1), title="Groot")


def wait_for_child(parent):
    for _ in range(3000):
        if children := Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
            return children[0]
        time.sleep(0.01)
    pytest.fail("the helper makes no child")


def is_running(process):
    """A zombie, which its parent has yet to hear of, no longer runs."""
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def fail(html):
    with pytest.raises(PdfFailed):
        render_pdf(html, title="x", seconds=2)


@linux
def test_child_is_limited():
    render_pdf("<p>warm", title="x")
    work = threading.Thread(target=fail, args=[COLSPAN_BOMB])
    work.start()
    child = wait_for_child(pdf._current.process.pid)
    time.sleep(0.3)
    limits = Path(f"/proc/{child}/limits").read_text()
    work.join()
    soft = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()}
    assert soft["Max address space"] == str(1024**3)
    assert soft["Max cpu time"] == "2" and soft["Max core file size"] == "0"


def test_cost_is_told():
    made = measure_pdf(page("<p>x</p>"), title="x")
    assert made.pdf.startswith(b"%PDF-1.7") and made.seconds_in_weasyprint > 0
    assert 10 < made.peak_bytes / 2**20 < 1024


# --- the helper process -------------------------------------------------------------------------


def test_killed_helper_is_replaced():
    render_pdf("<p>x", title="x")
    killed = pdf._current.process.pid
    os.kill(killed, signal.SIGKILL)
    assert "verder" in text_of(render_pdf(page("verder"), title="x"))
    assert pdf._current.process.pid != killed


@linux
def test_a_child_that_is_killed_is_no_fault_of_the_document():
    """Another helper tries once more; who asked can try again later."""
    render_pdf("<p>warm", title="x")
    outcome = []

    def make():
        try:
            render_pdf(COLSPAN_BOMB, title="x")
        except (PdfFailed, HelperDied) as failure:
            outcome.append(type(failure))

    work = threading.Thread(target=make, daemon=True)
    work.start()
    give_up = time.monotonic() + 60
    while work.is_alive() and time.monotonic() < give_up:
        with contextlib.suppress(
            AttributeError, FileNotFoundError, ProcessLookupError
        ):  # it changes as we look
            helper = pdf._current.process.pid
            for child in Path(f"/proc/{helper}/task/{helper}/children").read_text().split():
                os.kill(int(child), signal.SIGKILL)
        time.sleep(0.01)
    assert not work.is_alive()
    assert outcome == [HelperDied]
    assert "verder" in text_of(render_pdf(page("verder"), title="x"))


def test_forked_process_has_its_own_helper():
    render_pdf("<p>x", title="x")
    ours = pdf._current.process.pid
    child = os.fork()
    if not child:
        made = render_pdf("<p>kind", title="x")
        is_own = pdf._current.process.pid != ours
        pdf.stop_helper()
        os._exit(0 if made.startswith(b"%PDF") and is_own else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert "verder" in text_of(render_pdf(page("verder"), title="x"))
    assert pdf._current.process.pid == ours


def test_threads_wait_for_each_other():
    made = {}

    def make(number):
        made[number] = text_of(render_pdf(page(f"document {number}."), title="x"))

    threads = [threading.Thread(target=make, args=[number]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == {number: f"document {number}." for number in range(6)}


@linux
def test_helper_knows_no_secret(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "geheim")
    monkeypatch.setenv("DATABASE_URL", "postgres://geheim")
    pdf.stop_helper()
    render_pdf("<p>x", title="x")
    environment = Path(f"/proc/{pdf._current.process.pid}/environ").read_bytes()
    names = {line.partition(b"=")[0].decode() for line in environment.split(b"\0") if line}
    assert b"geheim" not in environment
    assert names <= {*confinement.PASSED_ON, "FONTCONFIG_FILE", "TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME"}


@linux
def test_helper_dies_with_its_process():
    script = (
        "from foundation import pdf; pdf.render_pdf('<p>x', title='x');"
        "print(pdf._current.process.pid, pdf._current.workplace, flush=True); import time; time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", script], cwd=pdf.BASE_DIR, stdout=subprocess.PIPE)
    helper, workplace = process.stdout.readline().split()
    process.kill()
    process.wait()
    process.stdout.close()
    deadline = time.monotonic() + 10
    while is_running(helper.decode()):
        assert time.monotonic() < deadline, "the helper lives on"
        time.sleep(0.05)
    assert not Path(workplace.decode()).exists()


@linux
def test_child_dies_with_a_busy_helper():
    script = "from foundation import pdf; import sys; pdf.render_pdf(sys.stdin.read(), title='x')"
    process = subprocess.Popen([sys.executable, "-c", script], cwd=pdf.BASE_DIR, stdin=subprocess.PIPE)
    process.stdin.write(COLSPAN_BOMB.encode())
    process.stdin.close()
    helper = wait_for_child(process.pid)
    child = wait_for_child(helper)
    process.kill()
    process.wait()
    deadline = time.monotonic() + 10
    while is_running(helper) or is_running(child):
        assert time.monotonic() < deadline, "an orphan lives on"
        time.sleep(0.05)


def test_nothing_stays_on_disk():
    render_pdf(page("<p>x"), title="x")
    workplace = Path(pdf._current.workplace)
    assert not list(workplace.glob("weasyprint-*"))
    pdf.stop_helper()
    assert not workplace.exists()
