"""A certificate that nobody vouches for, and the server's side of TLS with it, as fixtures."""

import shutil
import ssl
import subprocess
from pathlib import Path

import pytest
from lacking import lacking


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A self-signed certificate for localhost and ministry.example, and its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        lacking("openssl makes the certificate")
    folder = tmp_path_factory.mktemp("tls")
    command = (
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj"
        " /CN=localhost"
    )
    names = [
        "-addext",
        "subjectAltName=DNS:localhost,DNS:ministry.example",
        "-keyout",
        "key.pem",
        "-out",
        "cert.pem",
    ]
    subprocess.run([openssl, *command.split(), *names], cwd=folder, check=True, capture_output=True)
    return folder / "cert.pem", folder / "key.pem"


@pytest.fixture
def server_side(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    return context
