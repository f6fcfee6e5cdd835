import pytest

from monitor.extract.zh import places, sections
from monitor.extract.zh.lines import make_line


@pytest.mark.parametrize(
    ("text", "code"),
    [("台湾地区某公司", "TW"), ("立陶宛某银行", "LT"), ("欧盟某公司", "EU"), ("中国某公司", None)],
)
def test_countries(text, code):
    assert places.leading(text)[0] == code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("商务部", "cn-mofcom"),
        ("美国商务部", ""),
        ("中华人民共和国外交部", "cn-mfa"),
        ("英国外交部", ""),
    ],
)
def test_another_countrys_ministry_is_not_ours(words, code):
    assert sections.find_issuer(make_line(words), [], None) == code
