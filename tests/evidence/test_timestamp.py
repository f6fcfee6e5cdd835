"""Timestamps, asked of an authority that openssl plays."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import proofs
import pytest
from werkzeug import Request, Response

from monitor.errors import ConfigError
from monitor.evidence import pack, verify
from monitor.evidence.pack import write

CONFIG = """
[tsa]
default_tsa = tsa
[tsa_policy]
[tsa]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
certs = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = {digests}
ess_cert_id_alg = sha256
"""
EXTENSIONS = (
    "-addext",
    "extendedKeyUsage=critical,timeStamping",
    "-addext",
    "keyUsage=critical,digitalSignature",
)


def openssl(*words: str | Path) -> None:
    subprocess.run(["openssl", *words], check=True, capture_output=True)


@pytest.fixture(scope="module")
def authority(tmp_path_factory) -> Path:
    """The folder of an authority: its key and its certificate."""
    folder = tmp_path_factory.mktemp("authority")
    key = (
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-keyout",
        folder / "tsa.key",
    )
    openssl(
        "req",
        "-x509",
        *key,
        "-out",
        folder / "tsa.pem",
        "-days",
        "2",
        "-subj",
        "/CN=tsa.example",
        *EXTENSIONS,
    )
    (folder / "serial").write_text("01\n")
    return folder


@pytest.fixture
def replies(authority: Path, tmp_path: Path) -> Callable[..., Callable[[Request], Response]]:
    """What answers as the authority does; where it is `stubborn` to the first question only."""

    def replying(
        *, digests: str = "sha256", stubborn: bool = False
    ) -> Callable[[Request], Response]:
        config, asked, reply = (tmp_path / name for name in ("tsa.cnf", "asked.tsq", "reply.tsr"))
        config.write_text(CONFIG.format(folder=authority, digests=digests))

        def answer(request: Request) -> Response:
            assert request.content_type == "application/timestamp-query"
            if not (stubborn and asked.exists()):
                asked.write_bytes(request.data)
            openssl(
                "ts",
                "-reply",
                "-config",
                config,
                "-section",
                "tsa",
                "-queryfile",
                asked,
                "-out",
                reply,
            )
            return Response(reply.read_bytes(), content_type="application/timestamp-reply")

        return answer

    return replying


@pytest.fixture
def asked(httpserver):
    """What asks the authority that answers so."""

    def asking(answer):
        httpserver.clear()
        httpserver.expect_request("/tsr", method="POST").respond_with_handler(answer)
        return pack.make_stamper(httpserver.url_for("/tsr"), "toy")

    return asking


def test_a_pack_has_a_timestamp_of_its_manifest_that_openssl_verifies(
    proven: Path, authority: Path, replies, asked, tmp_path: Path
):
    packed = write(proofs.contents(proven), tmp_path / "pack.zip", asked(replies()))
    with ZipFile(tmp_path / "pack.zip") as pack:
        pack.extract("timestamp.tsr", tmp_path)
        pack.extract("manifest.json", tmp_path)

    data, token = tmp_path / "manifest.json", tmp_path / "timestamp.tsr"
    openssl(
        "ts",
        "-verify",
        "-data",
        data,
        "-in",
        token,
        "-CAfile",
        authority / "tsa.pem",
        "-purpose",
        "any",
    )
    assert packed.timestamp.startswith("timestamp of 20")
    assert list(verify.find_complaints(tmp_path / "pack.zip", packed.sha256)) == []


def status(code: int) -> Callable[[Request], Response]:
    return lambda _: Response("no", code)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (status(503), "answered 503"),
        (status(200), "none of RFC 3161"),
        (lambda _: Response(b"0" * 70_000), "larger than 64 KB"),
    ],
    ids=["failing", "no token", "endless"],
)
def test_an_authority_that_fails_does_not_fail_the_pack_which_says_so(
    proven: Path, asked, tmp_path: Path, answer, why: str
):
    packed = write(proofs.contents(proven), tmp_path / "pack.zip", asked(answer))

    assert packed.timestamp.startswith("no timestamp: localhost: ")
    assert why in packed.timestamp
    assert (
        ZipFile(tmp_path / "pack.zip").read("timestamp.txt").decode()
        == f"{packed.timestamp}\n{packed.manifest}\n"
    )
    assert list(verify.find_complaints(tmp_path / "pack.zip")) == []


def test_an_authority_that_refuses_says_why(replies, asked):
    stamped = asked(replies(digests="sha512"))(b"manifest")

    assert stamped.name == "timestamp.txt"
    assert "refuses" in stamped.told


def test_a_reply_to_another_question_is_none(replies, asked):
    stamp = asked(replies(stubborn=True))

    assert stamp(b"manifest").name == "timestamp.tsr"
    assert stamp(b"another").told.endswith("its reply is about something else")
    # it was asked anew
    assert stamp(b"manifest").told.endswith("its reply is about something else")


def test_a_missing_extra_is_named_with_the_way_out(monkeypatch):
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)

    with pytest.raises(
        ConfigError, match=r"needs the extra evidence: pip install 'regulatory-monitor\[evidence\]'"
    ):
        pack.make_stamper("https://tsa.example/tsr", "toy")
