"""Pages: mails whose markup is more than paragraphs; pictures from far away among them."""

from html import escape


def order(text: str) -> str:
    """A shop's table of an order, with a remote logo and a pixel that counts its readers."""
    words, _gap, rows = text.partition("\n\n")
    lines = rows.splitlines()
    cells = "".join(_row(line) for line in lines[1:-1])
    return f"""<html><body style="background-color:#f4f4f0;font-family:Arial,sans-serif">
<p>{escape(words)}</p>
<table width="560" cellpadding="10" style="background-color:#ffffff;border-collapse:collapse">
<tr><td colspan="3"><img src="https://img.polka.example/logo.png" alt="Полка" width="120"></td></tr>
<tr><td colspan="3" style="font-size:20px">{escape(lines[0])}</td></tr>
{cells}
<tr bgcolor="#0f766e"><td colspan="3" style="color:#ffffff;text-align:right">
<b>{escape(lines[-1])}</b></td></tr>
</table>
<img src="https://track.polka.example/open/58214.gif" width="1" height="1" alt="">
</body></html>"""


def inline(text: str) -> str:
    """Words with a picture among them that came along."""
    before, _gap, after = text.partition("\n\n")
    return (
        f"<div>{escape(before)}</div>"
        '<div><img src="cid:kitchen.png" alt="" width="480"></div>'
        f"<div>{escape(after)}</div>"
    )


def news(text: str) -> str:
    """A newsletter."""
    first, _gap, rest = text.partition("\n\n")
    return f"""<table width="600" align="center" style="font-family:Georgia,serif">
<tr><td bgcolor="#222222" style="color:#ffffff;font-size:24px;padding:20px">Вестник</td></tr>
<tr><td><img src="https://vestnik.example/41/cover.jpg" alt="" width="600"></td></tr>
<tr><td style="padding:20px"><h2>Тихие пылесосы</h2><p>{escape(first)}</p>
<p><a href="https://vestnik.example/41">Читать выпуск</a></p></td></tr>
<tr><td style="color:#888888;font-size:12px;padding:20px">{escape(rest)}</td></tr>
</table>"""


def hostile(text: str) -> str:
    """What a mail of this sort tries: none of it may run or be fetched."""
    return f"""<html><head><script>document.title="owned"</script></head>
<body onload="alert(1)"><style>body{{position:fixed}}</style>
<p>{escape(text)}</p>
<img src="x" onerror="alert(2)"><svg onload="alert(3)"></svg>
<a href="javascript:alert(4)">invoice.pdf</a>
<form action="https://mail.example/login"><input name="password"></form>
<img src="https://mail.example/seen?who=you" width="1" height="1">
</body></html>"""


def _row(line: str) -> str:
    cells = "".join(f"<td>{escape(cell)}</td>" for cell in line.split(" — "))
    return f'<tr style="border-bottom:1px solid #dddddd">{cells}</tr>'
