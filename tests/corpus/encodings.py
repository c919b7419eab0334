"""Catalogue B3: text tables, their encodings, separators and quotes."""

from tests.corpus.case import Case, good, refused, rejected, write_csv
from tests.corpus.societies import HEADER, code, line, table

GOOD3 = [good()] * 3
CSV = "登记信息.csv"
RARE = "达州市𠮷祥㐱禾种植专业合作社"


def rare_names() -> list[list[str]]:
    """Return a table with characters outside GBK."""
    return [HEADER, line(1, name=RARE)]


def mixed_encodings() -> bytes:
    """Return UTF-8 with one line in GB18030."""
    lines = write_csv(table(5)).split(b"\n")
    lines[3] = lines[3].decode().encode("gb18030")
    return b"\n".join(lines)


def valid_both_ways() -> bytes:
    """Return a GB18030 file whose lines below the header are valid UTF-8, too."""
    lines = [HEADER[:2], ["通山", code(1)]]
    data = write_csv(lines, encoding="gb18030")
    data.split(b"\n")[1].decode("utf-8")
    return data


def mojibake() -> bytes:
    """Return UTF-8 bytes once read as GB18030 and saved again."""
    text = write_csv(table()).decode()
    return text.encode("utf-8").decode("gb18030", errors="replace").replace("�", "?").encode()


def question_marks() -> bytes:
    """Return a table saved in an encoding without Chinese characters."""
    return write_csv(table()).decode().encode("ascii", errors="replace")


def unterminated() -> bytes:
    """Return a table whose third line opens a quote that never closes."""
    lines = write_csv(table(5)).decode().split("\n")
    lines[3] = '"' + lines[3]
    return "\n".join(lines).encode()


def swallowed() -> bytes:
    """Return a stray quote in line 3 that meets another one in line 5."""
    lines = write_csv(table(6)).decode().split("\n")
    lines[2] = lines[2].replace(",", ',"', 1)
    lines[4] = lines[4].replace(",", '",', 1)
    return "\n".join(lines).encode()


def with_cell(name: str, text: str) -> bytes:
    """Return one line with this text."""
    return write_csv([HEADER, line(1, **{name: text}), line(2)])


def ragged() -> bytes:
    """Return a line with a field too many, one with a field missing, one good."""
    lines = table()
    lines[1].insert(3, "多出来的")
    del lines[2][3]
    return write_csv(lines)


def mixed_ends() -> bytes:
    """Return lines that end in CRLF, CR and LF."""
    lines = write_csv(table()).split(b"\n")
    return lines[0] + b"\r\n" + lines[1] + b"\r" + lines[2] + b"\n" + lines[3] + b"\r\n"


CASES = [
    Case(60, "bom", lambda: write_csv(table(), encoding="utf-8-sig"), filename=CSV, rows=GOOD3),
    Case(61, "utf-8", lambda: write_csv(table()), filename=CSV, rows=GOOD3),
    Case(62, "gb18030", lambda: write_csv(table(), encoding="gb18030"), filename=CSV, rows=GOOD3),
    Case(
        62,
        "gb18030-four-bytes",
        lambda: write_csv(rare_names(), encoding="gb18030"),
        filename=CSV,
        rows=[good(name=RARE)],
    ),
    Case(
        63,
        "unicode-text",
        lambda: write_csv(table(), encoding="utf-16", separator="\t"),
        filename="登记信息.txt",
        rows=GOOD3,
    ),
    refused(64, "mixed-encodings", "ENCODING", mixed_encodings, filename=CSV, says="第 4 行"),
    refused(
        64, "cut-utf-16", "ENCODING", lambda: "企业名称\t代码\n".encode("utf-16")[:-1] + b"\xd8"
    ),
    Case(65, "valid-both-ways", valid_both_ways, filename=CSV, rows=[good(name="通山")]),
    refused(66, "mojibake", "MOJIBAKE", mojibake, filename=CSV),
    refused(66, "question-marks", "MOJIBAKE", question_marks, filename=CSV),
    Case(67, "semicolons", lambda: write_csv(table(), separator=";"), filename=CSV, rows=GOOD3),
    Case(67, "tabs", lambda: write_csv(table(), separator="\t"), filename=CSV, rows=GOOD3),
    Case(
        67,
        "full-width-commas",
        lambda: write_csv(table(), separator="，"),
        filename=CSV,
        rows=GOOD3,
    ),
    Case(67, "mixed-line-ends", mixed_ends, filename=CSV, rows=GOOD3),
    refused(
        67,
        "unknown-separator",
        "HEADER_NOT_FOUND",
        lambda: write_csv(table(), separator="~"),
        filename=CSV,
    ),
    refused(68, "unterminated-quote", "CSV_QUOTES", unterminated, filename=CSV, says="第 4 行"),
    refused(68, "swallowed-lines", "CSV_QUOTES", swallowed, filename=CSV, says="第 3 行"),
    Case(
        69,
        "line-break-in-cell",
        lambda: with_cell("business_scope", "种植\n销售"),
        filename=CSV,
        rows=[good(business_scope="种植\n销售"), good()],
        counts={"physical": 3},
        notes="有 1 行的单元格里有换行",
    ),
    Case(
        70,
        "huge-field",
        lambda: with_cell("business_scope", "长" * 200_000),
        filename=CSV,
        rows=[rejected("CELL_TOO_LONG"), good()],
    ),
    Case(
        71,
        "nul",
        lambda: with_cell("legal_representative", "王\x00小"),
        filename=CSV,
        rows=[rejected("CONTROL_CHAR"), good()],
    ),
    Case(
        71,
        "end-of-file-mark",
        lambda: write_csv(table()) + b"\x1a",
        filename=CSV,
        rows=GOOD3,
        counts={"blank": 1},
    ),
    Case(
        72,
        "ragged",
        ragged,
        filename=CSV,
        rows=[rejected("FIELD_COUNT"), rejected("FIELD_COUNT"), good()],
    ),
    Case(
        72,
        "ragged-sent-back",
        lambda: with_cell("uscc", f"#格数不符 {code(1)}"),
        filename=CSV,
        rows=[rejected("STILL_MISCOUNTED"), good()],
    ),
    Case(
        72,
        "empty-fields-at-the-end",
        lambda: write_csv([each + [""] * at for at, each in enumerate(table())]),
        filename=CSV,
        rows=GOOD3,
    ),
]
