"""A PDF signed with the certificate of the organisation: PAdES B-B, invisible, and no change allowed after it.

Only where an administrator set a certificate. It says which organisation handed the file out and that nothing was
changed since; whether the certificate is to be trusted is between the reader and who issued it.
"""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

FIELD = "Handtekening"


class NoCertificate(ValueError):
    """What stands in the settings is no certificate with its own key."""


def sign(pdf: bytes) -> bytes:
    """The document with a signature added to it; without a certificate in the settings as it was.

    Text and tags are not written anew; the metadata say that something was added. Raises NoCertificate.
    """
    if not settings.SIGNING_CERTIFICATE:
        return pdf
    signer = signer_of(settings.SIGNING_CERTIFICATE, settings.SIGNING_KEY)
    # The library runs an event loop of its own, and a thread may have but one.
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(_signed, pdf, signer).result()


def _signed(pdf: bytes, signer: "SimpleSigner") -> bytes:
    # Here, because loading it takes a second and most installations have no certificate.
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter

    said = signers.PdfSignatureMetadata(
        field_name=FIELD,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    # Hidden: PDF/UA asks a place among the tags of everything else that lies on a page.
    unseen = InvisSigSettings(set_print_flag=False, set_hidden_flag=True)
    field = SigFieldSpec(FIELD, readable_field_name="Digitale handtekening", invis_sig_settings=unseen)
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    signed: bytes = signers.sign_pdf(writer, said, signer, new_field_spec=field).getvalue()
    return signed


@cache
def signer_of(certificates: str, key: str) -> "SimpleSigner":
    """Who signs, from what `check_certificate` accepts."""
    from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    check_certificate(certificates, key)
    chain = list(load_certs_from_pemder_data(certificates.encode()))
    private = load_private_key_from_pemder_data(key.encode(), passphrase=None)
    known = SimpleCertificateStore.from_certs(chain)  # type: ignore[no-untyped-call]
    return SimpleSigner(chain[0], private, known)


def check_certificate(certificates: str, key: str) -> datetime:
    """Until when a certificate signs. In PEM: the own certificate first, then those above it; its key, unlocked.

    Raises NoCertificate, with the reason in Dutch, when they cannot be read or do not belong together.
    """
    try:
        own = x509.load_pem_x509_certificates(certificates.encode())[0]
        mine, private = own.public_key(), load_pem_private_key(key.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise NoCertificate("het certificaat of de sleutel is niet te lezen") from None
    if mine != private.public_key():
        raise NoCertificate("de sleutel hoort niet bij het eerste certificaat")
    return own.not_valid_after_utc
