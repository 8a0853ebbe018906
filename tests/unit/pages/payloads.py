"""Names that somebody might give to a task so that a page does what they want."""

from itertools import product

MARKUP = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "</title><h1>gone</h1>",
    "</style><style>*{display:none}</style>",
    "<!-- ",
    "--> ",
    "<![CDATA[",
    "]]>",
    "</td></tr></table>",
    "</svg><iframe src=//example.org>",
    "<a href=javascript:alert(1)>x</a>",
    "<base href=//example.org>",
    "<meta http-equiv=refresh content=0>",
    "<details open ontoggle=alert(1)>",
    "<math><mtext></mtext></math>",
    "<plaintext>",
    "<textarea>",
    "<noscript>",
)
ATTRIBUTES = (
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    '"><script>alert(1)</script>',
    "x onclick=alert(1) ",
    "`onload=alert(1)`",
    "&quot; onload=alert(1)",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "expression(alert(1))",
    "url(//example.org)",
    "100%;background:red",
    "#top",
)
TEMPLATES = ("{{ 7 * 7 }}", "{% raw %}", "{# gone #}", "{0}", "{name}", "{", "}", "%s %d", "${alert(1)}", "$&", "{}")
ESCAPES = (
    "&lt;b&gt;",
    "&#60;b&#62;",
    "%3Cb%3E",
    "\\u003cb\\u003e",
    "\\",
    "\\n",
    "&",
    "&amp",
    "\x1b[31mred\x1b[0m",
    "\x9b31m",
)
CONTROLS = (
    "\u202egnirts\u202c",
    "\u2066a\u2069",
    "\u200f",
    "\u200b",
    "\ufeff",
    "\x00",
    "\x07",
    "\x7f",
    "a\nb",
    "a\r\nb",
    "a\tb",
    "\u2028",
    "\U000e0041",
    "\ufffe",
)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("//example.org")', "=cmd|'/c calc'!A0")
LETTERS = ("שלום", "مرحبا", "工程", "e\u0301\u0302\u0303" * 20, "W" * 400, "a " * 200, "🛰️", " ", "-")
PLAIN = MARKUP + ATTRIBUTES + TEMPLATES + ESCAPES + CONTROLS + FORMULAS + LETTERS
PAYLOADS = (*PLAIN, *(one + other for one, other in product(PLAIN, PLAIN[:24])))
"""Each by itself, and each before some of the others."""
