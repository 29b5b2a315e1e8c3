"""A signed file is judged by the library's own validator, which knows nothing of ours."""

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor

import pikepdf
import pytest
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from foundation.pdf import render_pdf
from foundation.signatures import NoCertificate, check_certificate, sign
from foundation.stamps import stamp
from tests.factories.certificates import certificate
from tests.test_papers import claims

HIDDEN = 2  # an annotation that is neither shown nor printed


@pytest.fixture(scope="module")
def paper():
    html = "<html lang=nl><title>Verslag</title><body><h1>Verslag</h1><p>Łukasz</p></body></html>"
    return stamp(render_pdf(html, title="Verslag"), line="Afschrift voor Çağla", behind="Çağla")


@pytest.fixture
def own(settings):
    settings.SIGNING_CERTIFICATE, settings.SIGNING_KEY = certificate()
    return settings


def judged(content, pem):
    [signature] = PdfFileReader(io.BytesIO(content)).embedded_signatures
    trusted = ValidationContext(trust_roots=list(load_certs_from_pemder_data(pem.encode())))
    # It runs an event loop of its own, and the browser of another test may have one in this thread.
    with ThreadPoolExecutor(1) as beside:
        return signature, beside.submit(validate_pdf_signature, signature, trusted).result()


def test_without_a_certificate_nothing_changes(paper, settings):
    assert settings.SIGNING_CERTIFICATE == ""
    assert sign(paper) is paper


def test_the_organisation_signs_all_of_it_and_allows_no_change(paper, own):
    signature, verdict = judged(sign(paper), own.SIGNING_CERTIFICATE)
    assert verdict.bottom_line and verdict.coverage.name == "ENTIRE_FILE"
    assert signature.sig_object["/SubFilter"] == SigSeedSubFilter.PADES.value
    assert signature.docmdp_level.name == "NO_CHANGES"
    assert "verzonnen" in signature.signer_cert.subject.native["common_name"]


def test_it_signs_also_where_a_loop_is_running(paper, own):
    async def download():
        return sign(paper)

    with ThreadPoolExecutor(1) as beside:  # this thread may have a loop already
        signed = beside.submit(asyncio.run, download()).result()
    assert judged(signed, own.SIGNING_CERTIFICATE)[1].bottom_line


def test_another_does_not_pass_for_the_organisation(paper, own):
    assert not judged(sign(paper), certificate()[0])[1].bottom_line


def test_one_byte_that_changed_is_seen(paper, own):
    signed = bytearray(sign(paper))
    signed[200] ^= 1
    assert not judged(bytes(signed), own.SIGNING_CERTIFICATE)[1].intact


def test_what_was_there_stays_as_it_was(paper, own):
    signed = sign(paper)
    assert signed.startswith(paper)
    with pikepdf.open(io.BytesIO(paper)) as before, pikepdf.open(io.BytesIO(signed)) as after:
        assert after.Root.Lang == before.Root.Lang and "/StructTreeRoot" in after.Root
        assert list(claims(before)) == list(claims(after)) == []
        [field] = after.Root.AcroForm.Fields
        assert str(field.TU) == "Digitale handtekening" and int(field.F) & HIDDEN
        assert "/Name" not in field.V and "/Reason" not in field.V and "/Location" not in field.V


@pytest.mark.parametrize(
    ("pem", "key", "reason"),
    [
        (certificate()[0], certificate()[1], "hoort niet bij"),
        ("geen", "geen", "niet te lezen"),
        (certificate()[0], "", "niet te lezen"),
    ],
    ids=["of another", "garbage", "no key"],
)
def test_what_does_not_sign_says_why(pem, key, reason, paper, settings):
    with pytest.raises(NoCertificate, match=reason):
        check_certificate(pem, key)
    settings.SIGNING_CERTIFICATE, settings.SIGNING_KEY = pem, key
    with pytest.raises(NoCertificate):
        sign(paper)
