"""Strings that break pages, tables and layouts which trust their data: the corpus of the tests."""

from __future__ import annotations

from geo.files.fields import SHORT

MARKUP = (
    "<script>window.__pwned=1</script>",
    "</script><script>window.__pwned=1</script>",
    "<scr<script>ipt>window.__pwned=1</scr</script>ipt>",
    "<!--<script>",
    "--><script>window.__pwned=1</script>",
    "]]><script>window.__pwned=1</script>",
    "</style><img src=x onerror=window.__pwned=1>",
    "</title><svg onload=window.__pwned=1>",
    "</textarea><b>x</b>",
    "</noscript><img src=x onerror=window.__pwned=1>",
    "<img src=x onerror=alert(1)>",
    "<img src='https://example.org/x.png'>",
    "<iframe src=https://example.org></iframe>",
    "<iframe srcdoc='<script>parent.__pwned=1</script>'>",
    "<object data='javascript:window.__pwned=1'></object>",
    "<a href='javascript:window.__pwned=1'>x</a>",
    "<svg><animate onbegin=window.__pwned=1 attributeName=x dur=1s>",
    "<svg><script>window.__pwned=1</script></svg>",
    "<math><mtext></mtext><img src=x onerror=window.__pwned=1></math>",
    "<details open ontoggle=window.__pwned=1>",
    "<video><source onerror=window.__pwned=1></video>",
    "<form action=https://example.org><input autofocus onfocus=window.__pwned=1>",
    "<base href=https://example.org>",
    "<meta http-equiv=refresh content='0;url=https://example.org'>",
    "<link rel=stylesheet href=https://example.org/x.css>",
    "<style>*{display:none}</style>",
    "<plaintext>",
    "&lt;b&gt; &amp; &#x3c;script&#x3e;",
)
"""Elements and references that a browser would act on."""

QUOTES = (
    '" onmouseover="window.__pwned=1" x="',
    "' autofocus onfocus='window.__pwned=1",
    '"><script>window.__pwned=1</script>',
    "\\'); window.__pwned=1; //",
    '\\"); window.__pwned=1; //',
    "`${window.__pwned=1}`",
    "${window.__pwned=1}",
    "javascript:window.__pwned=1",
    "\\u003cscript\\u003ewindow.__pwned=1\\u003c/script\\u003e",
    "\\",
    "\\x3cscript>",
    "{{ 7*7 }}",
    "{{ ''.__class__.__mro__ }}",
    "{% raw %}",
    "{% include 'page.html' %}",
    "{# comment #}",
    "#{7*7} <%= 7*7 %> %{7*7}",
    "url(javascript:window.__pwned=1)",
    "expression(window.__pwned=1)",
    "@import url(https://example.org/x.css);",
)
"""Quotes, escapes and template code that end, or begin, something around them."""

FORMULAS = (
    '=HYPERLINK("https://example.org","x")',
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "=cmd|' /C calc'!A0",
    "＝1+1",
    "'=1+1",
    "a,b;c",
    'a "quoted" cell',
)
"""Cells a spreadsheet would run, and separators."""

SCRIPTS_OF_THE_WORLD = (
    "\u200f\u200fmarks\u200e",
    "zero\u200bwidth\u200djoiner\ufeff",
    "שלום עולם",
    "مرحبا بالعالم 123 (abc)",
    "Київ і Дніпро",
    "東京都千代田区永田町一丁目",
    "👩‍👩‍👧‍👦🇺🇦",
    "e" + "\u0301" * 60,
    "Z̸̢͎̖͖̗͇̝͍͚͒̏̆̊̏a̶l̵g̷o̴",
    "ﷺ" * 12,
    "null",
    "undefined",
    "__proto__",
    "NaN",
    "0",
)
"""Writing that runs the other way, takes no room or a lot, or is a word of a programming language."""

LONG = ("N" * SHORT, "W" * SHORT, "word " * (SHORT // 5), "a-" * (SHORT // 2), "👩‍👩‍👧‍👦" * (SHORT // 11))
"""As long as a name may be, with and without a place to break."""

UNREADABLE = (
    "\u202eright to left override\u202c",
    "\u202eno end of the override",
    "\u2066isolate\u2069 \u2067right\u2069",
    "",
    " ",
    "a\tb\nc\rd",
    "  =1+1",
    "bell\x07 escape\x1b",
    "\x00",
    "line\u2028separator",
    "paragraph\u2029separator",
    "\ud800 lone surrogate",
)
"""What no file is read with, but a caller of the library could pass on."""

PRINTABLE = tuple(text.strip() for text in (*MARKUP, *QUOTES, *FORMULAS, *SCRIPTS_OF_THE_WORLD, *LONG))
"""What a file may hold: texts of at most 120 characters without surrounding blanks."""

CORPUS = (*PRINTABLE, *UNREADABLE)
"""All of them."""
