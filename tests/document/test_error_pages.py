import pytest
from cases import read_cases

from monitor.cli.read import read_document
from monitor.document.error_pages import refuse, refuse_sign_in
from monitor.errors import NotThePage, SourceError


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            (
                "<html><head><title>403 Forbidden</title></head><body><h1>403"
                " Forbidden</h1>nginx</body></html>"
            ),
            "error-page",
        ),
        ("<TITLE>Error 500--Internal Server Error</TITLE><h2>Error 500</h2>", "error-page"),
        ("<html><body><p>您访问的页面不存在或已删除</p></body></html>", "error-page"),
        ('{"timestamp":"2030-01-01","status":502,"error":"Bad Gateway"}', "error-page"),
        ('{"code":"404","msg":"no such column"}', "error-page"),
        (
            '<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>none</Message></Error>',
            "error-page",
        ),
        ("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", "lfs-pointer"),
        ("<html><title>系统维护</title><body>请稍后</body></html>", "maintenance"),
        (
            '<head><body>It may be found <a HREF="https://maintenance.a.example/">here</a></body>',
            "maintenance",
        ),
        (
            "<html><title>Just a moment...</title><script>" + "x" * 9_000 + "</script></html>",
            "bot-wall",
        ),
        ("<html><body>请完成安全验证后继续访问</body></html>", "bot-wall"),
        ('<?xml version="1.0"?><list><row>a</row><row>b', "broken-xml"),
        ('<list xmlns="urn:a"><row>a & b</row></list>', "broken-xml"),
    ],
)
def test_page_that_is_not_the_page_is_named(text, kind):
    with pytest.raises(SourceError) as refused:
        refuse(text)

    assert refused.value.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "商务部公告2030年第404号\n决定如下。",
        '{"status":200,"error":null,"errors":[],"rows":[{"title":"公告"}]}',
        f"<html><title>公告2030年第7号</title><body>网站维护单位：某局。{'字' * 900}</body></html>",
        "<html><title>甲公司因禁止访问被处罚</title><body>正文。</body></html>",
        '<?xml version="1.0" encoding="gb2312"?><list><row>甲</row></list>',
        '<?xml version="1.0"?><!DOCTYPE html><html xmlns="urn:x"><br>a & b</html>',
        "没有什么。",
    ],
)
def test_page_that_may_be_the_page_passes(text):
    refuse(text)

    assert read_document(text.encode()).text


BOX = '<form><input name="u"><input type="password" name="p"><button>OK</button></form>'
MENU = "<nav>" + "<a href='/x'>Ministry</a>" * 20 + "</nav>"
FOOT = "<footer>Ministry of Trade. Privacy. Accessibility. Contact.</footer>"


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("Ministry", "<h1>Sign in</h1>"),
        ("", "<h1><span>Log in</span></h1>"),
        ("Please log in to continue", ""),
        ("Sign in - Single Sign-On", ""),
        ("Sign in to GovPass &middot; GovPass", ""),
        ("商务部-用户登录", ""),
        ("统一身份认证平台 | 请登录", ""),
        ("进出口管理平台管理员登录", ""),
        ("Admin Login", ""),
        ("ログイン | 経済産業省", ""),
        ("로그인", ""),
        ("Ministerium: Anmelden", ""),
        ("Connexion | Ministère", ""),
        ("S&#x27;identifier", ""),
        ("Iniciar sesión", ""),
        ("Вход в систему", ""),
        ("Giriş Yap", ""),
        ("تسجيل الدخول", ""),
        ("Đăng nhập", ""),
    ],
)
def test_page_that_only_asks_to_sign_in_is_refused_in_many_languages(title, heading):
    with pytest.raises(NotThePage, match="asks to sign in") as refused:
        refuse_sign_in(f"<html><title>{title}</title>{heading}{BOX}{FOOT}{MENU}</html>")

    assert refused.value.kind == "sign-in"


STORY = "<p>Exports of gallium need a licence from 1 May on, whatever the destination.</p>"


@pytest.mark.parametrize(
    "text",
    [
        # the words of a language that the list lacks, round a form that is all there is
        f"<html><title>Kirish</title><p>Ism</p>{BOX.replace('OK', 'Davom etish, parolni unutdingizmi')}</html>",
        # the first of two steps
        '<title>Sign in</title><form><input name="loginfmt" type="email"></form>' + "w " * 300,
        # a form that scripts write
        "<title>Log in</title><div id=root></div><script>go()</script>",
    ],
)
def test_sign_in_page_without_more_is_refused(text):
    with pytest.raises(NotThePage):
        refuse_sign_in(text)


@pytest.mark.parametrize(
    "text",
    [
        f"<html><title>News</title><header><h2>Login</h2>{BOX}</header><h1>News</h1>{STORY}</html>",
        f"<html><title>News</title>{BOX}<ul>" + "<li><a href='/1'>Ban on antimony</a>" * 4,
        f"<html><title>News</title><header><h1>Login</h1>{BOX}</header><h1>News</h1>{STORY}",
        f"<html><title>News</title><header><h1>Login</h1>{BOX}</header>{STORY * 40}",
        f"<html><title>News</title><a href='/login'>Sign in</a>{STORY}",
        f"<html><title>How to sign in to the licensing portal</title>{BOX}{STORY}",
        f"<html><title>关于启用统一登录的公告</title>{BOX}{STORY}",
        f"<html><title>Login</title><article>{STORY * 4}</article>",
        # a form round the whole page, as some servers make it
        f"<title>News</title><form>{STORY * 5}<input type=password></form>",
        "<title>News</title><script>'<input type=password>'</script><p>Ban on antimony.</p>",
    ],
)
def test_page_with_a_sign_in_box_beside_its_words_passes(text):
    assert refuse_sign_in(text) is None


@pytest.mark.parametrize(
    ("asked", "came", "refused"),
    read_cases(
        """
        https://trade.example/news | https://trade.example/login?next=/news | True
        https://trade.example/news | https://trade.example/account/sign-in.aspx | True
        https://trade.example/news | https://login.example/tenant/oauth2/authorize | True
        https://trade.example/news | https://trade.example/news/?from=/login | False
        https://trade.example/news | https://trade.example/news/login-system-renewed | False
        https://law.example/act | https://sso.law.example/Act/1 | False
        https://trade.example/login | https://trade.example/login/ | False
        """
    ),
)
def test_redirect_to_where_one_signs_in_is_refused(asked, came, refused):
    text = "<html><title>Ministry</title><script>go()</script>Please wait a moment.</html>"
    if refused:
        with pytest.raises(NotThePage, match="asks to sign in"):
            refuse_sign_in(text, asked=asked, came=came)
        text += STORY * 40
    refuse_sign_in(text, asked=asked, came=came)
