"""Every reason for which a file, a row or a cell is stopped or remarked upon: one table.

A reason says what happened (`message`) and what to do (`remedy`), in the words the sender reads.
Placeholders are filled where the reason is raised. The help page is printed from this table.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self


class Level(StrEnum):
    """How heavy a reason weighs."""

    FILE = "file"  # the whole file is refused
    HELD = "held"  # the whole file waits for a named person's decision
    MUST = "must"  # 必须改: the row is rejected
    CHECK = "check"  # 请核实: the row is doubtful until somebody decides
    HINT = "hint"  # 提示: the row proceeds


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of the table."""

    code: str
    level: Level
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A reason met in a file, its placeholders filled."""

    code: str
    level: Level
    message: str
    remedy: str

    @property
    def sentence(self) -> str:
        """Return what happened and what to do as one text."""
        return f"{self.message}{self.remedy}"


class Refused(Exception):
    """The file as a whole cannot be taken in; carries the finding."""

    def __init__(self, code: str, **details: object) -> None:
        self.finding = finding(code, **details)
        super().__init__(self.finding.sentence)

    @classmethod
    def with_finding(cls, found: Finding) -> Self:
        """Return the refusal that carries a finding made elsewhere."""
        refusal = cls.__new__(cls, found.sentence)
        refusal.finding = found
        return refusal


def finding(code: str, **details: object) -> Finding:
    """Fill the placeholders of a reason. Raises KeyError for an unknown code or placeholder."""
    reason = REASONS[code]
    told = {name: _brief(detail) for name, detail in details.items()}
    return Finding(
        code,
        reason.level,
        reason.message.format_map(told),
        reason.remedy.format_map(told),
    )


def _brief(detail: object) -> object:
    """Cut what a sentence quotes: nobody reads four thousand characters in quotation marks."""
    if isinstance(detail, str) and len(detail) > _LONGEST_DETAIL:
        return f"{detail[:_LONGEST_DETAIL]}…"
    return detail


_LONGEST_DETAIL: Final = 120
_RESAVE = "请用 WPS 表格或 Excel 打开，另存为“Excel 工作簿（*.xlsx）”后再上传。"

_FILE = (
    ("FILE_EMPTY", "文件是空的（0 字节）。", "请确认文件已保存完整，再重新上传。"),
    (
        "FILE_TOO_LARGE",
        "文件有 {size}，超过上限 {limit}。",
        "请删去无关的工作表和图片，或拆成几份上传。",
    ),
    (
        "FILE_DAMAGED",
        "文件不完整或已损坏（{part}）。",
        "请重新导出或重新上传；仍不行时，打开原表另存一份再传。",
    ),
    ("FILE_UNREADABLE", "文件打不开，内部格式不规范。", _RESAVE),
    ("FILE_ENCRYPTED", "文件有密码。", "请取消密码后再上传。"),
    (
        "NOT_A_SPREADSHEET",
        "这不是表格文件，内容看起来是{found}。",
        "请上传 .xlsx、.xls 或 .csv 格式的表格。",
    ),
    ("UNSUPPORTED_FORMAT", "文件实际是{found}，系统不能直接读取。", _RESAVE),
    ("MACRO_WORKBOOK", "文件带有宏（{found}），为安全起见不予接收。", _RESAVE),
    (
        "UNPACKED_TOO_LARGE",
        "文件解开后超过上限（{detail}）。",
        "请确认文件是否正常；确有这么多数据时请改用 csv 或拆成几份。",
    ),
    ("TOO_MANY_PARTS", "文件内部有 {count} 个部件，超过上限 {limit} 个。", _RESAVE),
    ("AMBIGUOUS_ARCHIVE", "文件内部结构有歧义（{detail}），不同软件会读出不同内容。", _RESAVE),
    ("UNSAFE_PART_NAME", "文件内部含有不安全的路径名“{name}”。", _RESAVE),
    ("XML_DTD", "文件内部含有文档类型声明（DOCTYPE），正常的表格不会有。", _RESAVE),
    (
        "SHEET_MISSING",
        "工作簿登记了工作表“{sheet}”，但文件里没有它的内容。",
        "文件可能损坏，请打开原表另存一份再传。",
    ),
    ("NO_SHEETS", "工作簿里没有看得见的数据工作表。", "请取消隐藏存放数据的工作表后再上传。"),
    (
        "SHEET_TOO_LARGE",
        "工作表“{sheet}”在很远的位置（{cell}）还有内容，读取会耗尽内存。",
        "请删除该单元格所在的行或列后保存，再上传。",
    ),
    (
        "TOO_MANY_ROWS",
        "数据行超过上限 {limit} 行。",
        "请拆成几份，或改存为 csv 后由系统管理员导入。",
    ),
    (
        "TOO_MANY_COLUMNS",
        "工作表“{sheet}”有内容的列超过上限 {limit} 列。",
        "请删去无关的列后再上传。",
    ),
    (
        "AMBIGUOUS_CELLS",
        "工作表“{sheet}”里同一{what}出现了两次（{where}），不知该取哪个。",
        _RESAVE,
    ),
    ("ROWS_OUT_OF_ORDER", "工作表“{sheet}”内部的行没有按顺序存放（{where}）。", _RESAVE),
    (
        "ROW_COUNT_MISMATCH",
        "工作表“{sheet}”两种方法数出的行数不同（{counts}），可能漏行。",
        _RESAVE,
    ),
    (
        "ENCODING",
        "第 {line} 行的文字编码有误，无法还原成汉字。",
        "请用 WPS 表格或 Excel 打开原表，另存为 .xlsx 后再上传。",
    ),
    (
        "MOJIBAKE",
        "表头是乱码（如“{sample}”），可能是编码错误。",
        "请从原系统重新导出，或打开原表另存为 .xlsx 后再上传。",
    ),
    (
        "CSV_QUOTES",
        "第 {line} 行附近的引号不成对，后面的内容连成了一格。",
        "请改正该行的引号，或在表格软件里打开后另存为 .xlsx。",
    ),
    (
        "HEADER_NOT_FOUND",
        "前 {rows} 行里没有找到表头。",
        "请确认上传的是{wanted}表，表头应有“企业名称”“统一社会信用代码”等列。",
    ),
    (
        "WRONG_SOURCE",
        "这份表像是“{found}”，不是{wanted}表。",
        "请改选对应的数据来源，或换成{wanted}表再上传。",
    ),
    (
        "TRANSPOSED",
        "表是横着排的：项目在左边一列，每家合作社占一列。",
        "请在表格软件里“选择性粘贴—转置”，使每家合作社占一行。",
    ),
    ("MISSING_COLUMN", "缺少必需的列：{columns}。", "请补上后再上传。{suggestion}"),
    (
        "DUPLICATE_COLUMN",
        "有两列都是“{heading}”（{letters} 列）。",
        "请只保留一列，或改成不同的列名。",
    ),
    (
        "SIDE_BY_SIDE",
        "两张表并排放在同一个工作表“{sheet}”里（{letters} 列又是一组表头）。",
        "请上下接成一张表，或分成两个工作表。",
    ),
    (
        "NO_DATA_ROWS",
        "只有表头，没有数据行。",
        "请确认本季度是否确实没有数据；有数据请补上后再上传。",
    ),
    (
        "RESOURCE_LIMIT",
        "读取这份文件超出了允许的内存或时间。",
        "请删去无关的工作表、格式和空行，或改存为 csv 后再上传。",
    ),
    (
        "STORAGE_FULL",
        "服务器存储空间不足，文件没有读完。",
        "原文件已保存，请联系系统管理员清理空间后重试。",
    ),
)

_HELD = (
    (
        "UNIT_MISSING",
        "金额没有注明单位：{count} 个金额里有 {bare} 个只有数字。",
        "请确认单位是“元”还是“万元”。",
    ),
    (
        "QUARTER_MISMATCH",
        "{where}写的是 {stated}，与选择的 {chosen} 不一致。",
        "请确认这份表属于哪个季度。",
    ),
)

_MUST = (
    ("USCC_MISSING", "没有统一社会信用代码。", "请补填 18 位统一社会信用代码。"),
    ("USCC_LENGTH", "统一社会信用代码应为 18 位，现在是 {length} 位。", "请对照营业执照改正。"),
    (
        "USCC_CHARACTER",
        "统一社会信用代码第 {position} 位是{character}，代码里不会有这个字符。",
        "请对照营业执照改正（常见的是把 0 写成字母 O、把 1 写成字母 I）。",
    ),
    (
        "USCC_CHECK",
        "统一社会信用代码校验不通过：按前 17 位推算，末位应为“{expected}”。",
        "多半是抄错了某一位，请对照营业执照逐位核对。",
    ),
    (
        "NUMERIC_PRECISION_LOST",
        "代码被存成了数字，末几位已经丢失。",
        "请把这一列设为“文本”格式，再从原系统重新粘贴。",
    ),
    (
        "NOT_A_COOP",
        "代码以“{prefix}”开头，是{found}，不是农民专业合作社（应以 93 开头）。",
        "请从本表删去，或核对代码是否填错。",
    ),
    ("NAME_MISSING", "没有企业名称。", "请补填营业执照上的全称。"),
    (
        "TEXT_TOO_LONG",
        "内容有 {length} 个字，最多 {limit} 个字。",
        "请核对是否把别的内容粘进了这一格。",
    ),
    (
        "CELL_TOO_LONG",
        "单元格有 {length} 个字，超过上限 {limit} 个字。",
        "请核对是否把别的内容粘进了这一格。",
    ),
    (
        "CONTROL_CHAR",
        "含有看不见的控制字符（{character}）。",
        "请删去该字符，或手工重新输入这一格。",
    ),
    ("BROKEN_CHAR", "含有编码错误留下的乱码字符，无法还原。", "请从原系统重新导出这一格。"),
    ("CELL_ERROR", "单元格是错误值 {error}。", "请改正公式，或直接填写结果。"),
    ("MERGED_CELL", "这一格与上一行合并，本行没有单独的内容。", "请取消合并，逐行填写。"),
    (
        "FORMULA_NOT_ALLOWED",
        "这一格是公式，不能作为{field}的依据。",
        "请复制后“选择性粘贴—数值”，核对无误再上传。",
    ),
    (
        "FORMULA_NO_VALUE",
        "这一格是公式，但没有保存计算结果。",
        "请在表格软件里打开并保存一次，或改填数值。",
    ),
    ("BOOLEAN_IN_TEXT", "这一格是逻辑值 {value}，不是文字。", "请填写实际内容。"),
    ("DATE_FORMAT", "读不出日期“{value}”。", "请写成 2020-03-01 或 2020年3月1日。"),
    ("DATE_AMBIGUOUS", "日期“{value}”有几种读法。", "请写成四位年份的形式，如 2020-03-01。"),
    ("DATE_INCOMPLETE", "日期“{value}”缺月或缺日。", "请补全到日，如 2020-03-01。"),
    ("DATE_IMPOSSIBLE", "没有“{value}”这一天。", "请核对年、月、日。"),
    (
        "DATE_OUT_OF_RANGE",
        "日期“{value}”不在合理范围内。",
        "请核对年份；数字格式的日期请改成日期格式。",
    ),
    ("DATE_CALENDAR", "日期“{value}”用的不是公历。", "请换算成公历，写成 2020-03-01。"),
    ("DATE_IN_FUTURE", "日期 {value} 晚于今天。", "请核对年份。"),
    ("NUMBER_FORMAT", "读不出数字“{value}”。", "请只填阿拉伯数字。"),
    ("NUMBER_NOT_WHOLE", "“{value}”不是整数。", "人数请填整数。"),
    ("NUMBER_TOO_LARGE", "“{value}”大得不合情理。", "请核对位数。"),
    ("NEGATIVE", "“{value}”是负数，这一项不能为负。", "请核对后改正。"),
    (
        "AMOUNT_FORMAT",
        "读不出金额“{value}”。",
        "请写成“100万元”或“1000000元”这样的确数，不要写约数、范围或大写。",
    ),
    ("AMOUNT_CURRENCY", "金额“{value}”不是人民币。", "请按登记的人民币金额填写。"),
    ("AMOUNT_TOO_LARGE", "金额“{value}”大得无法登记。", "请核对位数和单位。"),
    ("VALUE_MISSING", "没有{field}。", "请补填。"),
    (
        "DATE_REVERSED",
        "{later}（{later_value}）早于{earlier}（{earlier_value}）。",
        "请核对这两个日期。",
    ),
    ("YEAR_FORMAT", "读不出年度“{value}”。", "请写成四位年份，如 2020。"),
    ("YEAR_AHEAD", "年度 {value} 还没有结束，不会有年度报告。", "请核对年度。"),
    (
        "FIELD_COUNT",
        "这一行有 {found} 格，表头有 {expected} 格，内容可能错位。",
        "请核对这一行是否多写或漏写了分隔符。",
    ),
    (
        "STILL_MISCOUNTED",
        "这一行上次的格数与表头不符，还没有对齐。",
        "请把各格移到对应的列名下，再删去代码前的“#格数不符”。",
    ),
)

_CHECK = (
    (
        "OTHER_DIVISION",
        "代码的登记地是 {division}，不属于本地（{jurisdiction}）。",
        "请核实是否迁入；不是本地的请删去。",
    ),
    (
        "OUT_OF_RANGE",
        "金额 {value} 万元，超过 10 亿元，多半是“元”和“万元”弄混。",
        "请核对金额和单位。",
    ),
    ("AMOUNT_WITHOUT_UNIT", "金额“{value}”没有单位，表头也没有注明。", "请写明“元”或“万元”。"),
    (
        "UNKNOWN_STATUS",
        "不认识登记状态“{value}”。",
        "请写成存续、歇业、吊销、注销、撤销、迁出、清算中之一；代号请附代码表。",
    ),
    (
        "UNKNOWN_WORD",
        "不认识{field}“{value}”。",
        "请核对写法；写法无误的，由区农业农村局在“词语对照”里说明它的意思，说明一次，以后照办。",
    ),
    (
        "CODE_MISSING",
        "只有名称，没有统一社会信用代码。",
        "请补填 18 位统一社会信用代码；补不上的，由区农业农村局按名称核对。",
    ),
    (
        "REMOVAL_UNDATED",
        "写了移出原因，没有移出日期。",
        "请补填移出日期；尚未移出的，请删去移出原因。",
    ),
    (
        "STATE_CONTRADICTS",
        "年报状态是“{state}”，却有公示日期 {value}。",
        "请核对年报状态和公示日期。",
    ),
    (
        "DATE_ORDER",
        "{later}（{later_value}）早于{earlier}（{earlier_value}）。",
        "请核对这两个日期。",
    ),
    (
        "MEMBERS_EXCEED_TOTAL",
        "{part} {part_value}，多于成员总数 {total}。",
        "请核对成员人数。",
    ),
    ("MEMBER_SUM", "农民成员与单位成员合计 {parts}，多于成员总数 {total}。", "请核对成员人数。"),
    (
        "REGISTRATION_NO_FORMAT",
        "注册号“{value}”的样式不对。",
        "旧注册号应为 13 至 15 位，前 6 位是行政区划代码。",
    ),
    ("PHONE_FORMAT", "联系电话“{value}”不像手机号或座机号。", "请核对后填写。"),
    ("WRONG_TYPE", "这一格是{found}“{value}”，不像{field}。", "请核对内容或是否错列。"),
    ("UNKNOWN_TOWNSHIP", "不认识乡镇（街道）“{value}”。", "请填写现在的乡镇、街道全称。"),
)

_HINT = (
    (
        "OLD_REGISTRATION_NO",
        "填的是旧注册号，已按注册号处理。",
        "方便时请补上 18 位统一社会信用代码。",
    ),
    ("USCC_NORMALISED", "代码里的空格、符号、全角或小写字母已自动整理。", "无需处理。"),
    ("USCC_IN_NUMBER_COLUMN", "信用代码填在注册号一列，已按信用代码处理。", "无需处理。"),
    ("LINE_BREAK", "内容里的换行已改成空格。", "无需处理。"),
    (
        "DATE_FROM_NUMBER",
        "日期存成了数字 {number}，已按 {value} 读取。",
        "请把这一列设为日期格式。",
    ),
    (
        "BEFORE_LAW",
        "成立日期 {value} 早于《农民专业合作社法》施行（2007年7月1日）。",
        "请确认日期无误。",
    ),
    ("FORMULA_VALUE", "这一格是公式，按保存的结果读取。", "建议改成数值后再报送。"),
    ("AMOUNT_ROUNDED", "金额精确到分，已四舍五入为 {value} 元。", "无需处理。"),
    ("MERGED_FILLED", "这一格与上一行合并，已按“{value}”填入。", "建议取消合并，逐行填写。"),
    ("PERSONAL_NUMBER", "内容里像有身份证号或手机号，页面上会遮盖显示。", "如无必要请删去。"),
)

# Found only by comparing with the register or with earlier files.
_AGAINST_REGISTER = (
    (
        "DUPLICATE_CONFLICT",
        Level.MUST,
        "同一代码在本文件里出现多次，内容不同（{fields}）。",
        "请只保留正确的一行。",
    ),
    ("DUPLICATE_IDENTICAL", Level.HINT, "与第 {number} 行完全相同，只计一次。", "无需处理。"),
    (
        "NAME_CONFLICT",
        Level.CHECK,
        "代码已登记为“{known}”，本次名称差别很大。",
        "请核对代码或名称是否填错。",
    ),
    (
        "POSSIBLE_RECODE",
        Level.CHECK,
        "名称已登记在代码 {known} 下，本次代码不同。",
        "请核实是否换发了代码，或代码填错。",
    ),
    ("STATUS_REGRESSION", Level.CHECK, "登记状态由“{before}”变回“{after}”。", "请核实后再接收。"),
    (
        "MANUAL_OVERRIDE",
        Level.CHECK,
        "{field}曾由人工改为“{known}”，与本次不同。",
        "请选择保留哪一个。",
    ),
    (
        "OUT_OF_SCOPE",
        Level.CHECK,
        "这一行不在您的报送范围内。",
        "请核对后删去，或联系区农业农村局。",
    ),
)


def _table() -> dict[str, Reason]:
    groups = (
        (Level.FILE, _FILE),
        (Level.HELD, _HELD),
        (Level.MUST, _MUST),
        (Level.CHECK, _CHECK),
        (Level.HINT, _HINT),
    )
    reasons = [
        Reason(code, level, message, remedy)
        for level, group in groups
        for code, message, remedy in group
    ]
    reasons += [Reason(*line) for line in _AGAINST_REGISTER]
    return {reason.code: reason for reason in reasons}


REASONS: Final[dict[str, Reason]] = _table()
