"""Makes Word documents with python-docx, and says what each of them shows.

`make(folder)` writes them and returns {name: Document}. A document is a title, paragraphs in all the ways that Word
has, and faults for the program to find.
"""

import re
from dataclasses import dataclass, field

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

W = nsdecls("w")


@dataclass
class Made:
    """What a document shows, a line each; what LibreOffice shows otherwise, and why."""

    lines: list = field(default_factory=list)
    differs: str = ""


FORMATS = {
    "chineseCountingThousand": "一二三四五六七八九十",
    "japaneseCounting": "一二三四五六七八九十",
    "chineseCounting": "一二三四五六七八九十",
    "decimal": [str(n) for n in range(1, 11)],
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "chineseLegalSimplified": "壹贰叁肆伍陆柒捌玖",
    "upperRoman": ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"],
    "upperLetter": "ABCDEFGHIJ",
    "lowerLetter": "abcdefghij",
}


class Builder:
    def __init__(self):
        self.document = docx.Document()
        self.made = Made()
        self.numbering = self.document.part.numbering_part.element
        self.next = 900

    def template(self, levels, starts=None, suffix="nothing"):
        """Adds a template of (format, text) levels; returns the id of a list."""
        self.next += 1
        number = self.next
        xml = "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="{(starts or {}).get(n, 1)}"/><w:numFmt w:val="{form}"/>'
            f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
            for n, (form, text) in enumerate(levels)
        )
        first = self.numbering.find(qn("w:num"))
        first.addprevious(
            parse_xml(f'<w:abstractNum {W} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{xml}</w:abstractNum>')
        )
        return self.list(number)

    def list(self, template, restart=None):
        self.next += 1
        override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{restart}"/></w:lvlOverride>' if restart else ""
        self.numbering.append(
            parse_xml(f'<w:num {W} w:numId="{self.next}"><w:abstractNumId w:val="{template}"/>{override}</w:num>')
        )
        return self.next

    def numbered(self, number, text, list_id, level=0):
        paragraph = self.document.add_paragraph(text)
        properties = paragraph._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'))
        self.made.lines.append(number + text)
        return paragraph

    def p(self, text):
        self.made.lines.append(text)
        return self.document.add_paragraph(text)

    def raw(self, xml, *lines):
        body = self.document.element.body
        body.insert(len(body) - 1, parse_xml(xml.replace("<w:p>", f"<w:p {W}>", 1)))
        self.made.lines.extend(lines)


def speech(builder):
    builder.p("在全县重点项目推进会上的讲话")
    builder.p("同志们：")
    builder.p("这次会议的主要任务是部署全年工作。刚才，XX同志通报了情况。下面，我讲四点意见。")


def faults(builder):
    builder.p("各级各部门要分表必争，抓好落实。全年完成投资X亿元，增速居全市第X位。")
    builder.p("一要抓谋划，提前谋划项目。一要抓招商，主攻产业链。三要抓服务，当好店小二。")


def numbers(name):
    def build(builder):
        speech(builder)
        marks = FORMATS[name]
        pattern = {"decimalEnclosedCircleChinese": "%1", "decimal": "%1.", "upperRoman": "%1."}.get(name, "%1、")
        outer = builder.template([(name, pattern), (name, "（%2）")])
        for n in range(3):
            builder.numbered(pattern.replace("%1", marks[n]), "抓好重点工作", outer)
            for m in range(2):
                builder.numbered(f"（{marks[m]}）", "压实工作责任", outer, 1)
        faults(builder)

    return build


def restarted(builder):
    speech(builder)
    outer = builder.template([("chineseCountingThousand", "%1、")])
    again = builder.list(builder.next - 1, restart=1)
    for list_id, mark in [(outer, "一"), (outer, "二"), (again, "一"), (again, "二"), (outer, "三")]:
        builder.numbered(f"{mark}、", "抓好重点工作", list_id)
    faults(builder)


def legal(builder):
    speech(builder)
    outer = builder.template([("decimal", "%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3")], suffix="space")
    for number, level in [("1", 0), ("1.1", 1), ("1.2", 1), ("1.2.1", 2), ("2", 0), ("2.1", 1), ("2.1.1", 2)]:
        builder.numbered(f"{number} ", "抓好重点工作", outer, level)
    faults(builder)


def started(builder):
    speech(builder)
    outer = builder.template([("chineseCounting", "第%1条")], {0: 8}, "space")
    for mark in "八九十":
        builder.numbered(f"第{mark}条 ", "抓好重点工作", outer)
    faults(builder)


def styled(builder):
    speech(builder)
    outer = builder.template([("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）")])
    for style, level in [("Heading 1", 0), ("Heading 2", 1)]:
        properties = builder.document.styles[style].element.get_or_add_pPr()
        number = parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{outer}"/></w:numPr>')
        properties.insert(2, number)
    for number, style in [("一、", 1), ("（一）", 2), ("（二）", 2), ("二、", 1), ("（一）", 2)]:
        builder.document.add_paragraph("抓好重点工作", style=f"Heading {style}")
        builder.made.lines.append(number + "抓好重点工作")
    faults(builder)


def split(builder):
    speech(builder)
    paragraph = builder.p("")
    builder.made.lines[-1] = "各级各部门要分表必争，请XX区带头抓好落实落实。"
    for n, c in enumerate(builder.made.lines[-1]):
        run = paragraph.add_run(c)
        run.bold, run.italic = (n % 3 == 0) or None, (n % 4 == 0) or None


def revised(builder):
    speech(builder)
    builder.raw(
        '<w:p><w:r><w:t>全年完成投资</w:t></w:r><w:del w:id="1" w:author="张三"><w:r><w:delText>XX</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="张三"><w:r><w:t>120</w:t></w:r></w:ins><w:r><w:t>亿元，居全市第X位。</w:t></w:r></w:p>',
        "全年完成投资120亿元，居全市第X位。",
    )
    faults(builder)
    builder.made.differs = "LibreOffice exports what is deleted as well"


def fields(builder):
    speech(builder)
    char = lambda kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
    builder.raw(
        f'<w:p><w:r><w:t>根据</w:t></w:r>{char("begin")}<w:r><w:instrText xml:space="preserve"> QUOTE "XX" </w:instrText></w:r>'
        f'{char("separate")}<w:r><w:t>《实施方案》</w:t></w:r>{char("end")}<w:r><w:t>，请XX区带头。</w:t></w:r></w:p>',
        "根据《实施方案》，请XX区带头。",
    )
    faults(builder)


def breaks(builder):
    speech(builder)
    builder.raw(
        "<w:p><w:r><w:t>第一行</w:t><w:br/><w:t>请XX区带头</w:t><w:tab/><w:t>落实</w:t></w:r></w:p>",
        "第一行",
        "请XX区带头\t落实",
    )
    faults(builder)


def inline(builder):
    speech(builder)
    builder.raw(
        '<w:p><w:hyperlink w:anchor="a"><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:r><w:t>、</w:t></w:r><w:sdt><w:sdtContent><w:r><w:t>控件【待补】</w:t></w:r>'
        '</w:sdtContent></w:sdt><w:smartTag w:element="x" w:uri="y"><w:r><w:t>标记XX区</w:t></w:r></w:smartTag><w:bookmarkStart w:id="5" w:name="a"/>'
        '<w:bookmarkEnd w:id="5"/><w:r><w:t>。</w:t></w:r></w:p>',
        "链接、控件【待补】标记XX区。",
    )
    faults(builder)


def table(builder):
    speech(builder)
    table = builder.document.add_table(3, 2)
    for n, text in enumerate(["指标", "数值", "增速", "XX%", "排名", "第X位"]):
        table.cell(n // 2, n % 2).text = text
        builder.made.lines.append(text)
    faults(builder)


def commented(builder):
    speech(builder)
    paragraph = builder.p("请领导审定的一段话，请XX区带头。")
    builder.document.add_comment(paragraph.runs, text="请审定", author="李四", initials="李")
    faults(builder)


def margins(builder):
    speech(builder)
    faults(builder)
    builder.document.sections[0].header.paragraphs[0].text = "XX县委办公室"
    builder.made.lines += ["", "XX县委办公室"]
    builder.made.differs = "LibreOffice exports no headers"


def hidden(builder):
    speech(builder)
    builder.raw(
        "<w:p><w:r><w:t>看得见的，</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见的XX，</w:t></w:r><w:r><w:t>请XX区带头。</w:t></w:r></w:p>",
        "看得见的，请XX区带头。",
    )
    faults(builder)
    builder.made.differs = "LibreOffice exports hidden text"


def typed(builder):
    speech(builder)
    outer = builder.template([("chineseCountingThousand", "%1、")])
    builder.numbered("一、", "一、抓好重点工作", outer)
    builder.numbered("二、", "压实工作责任", outer)
    faults(builder)


def entities(builder):
    speech(builder)
    builder.p("A&B <甲> \"乙\" 请XX区带头，R&D投入增长XX%。")
    faults(builder)


def empty(builder):
    speech(builder)
    for _ in range(3):
        builder.p("")
    faults(builder)


def long(builder):
    speech(builder)
    outer = builder.template([("chineseCountingThousand", "%1、")])
    tens = "一二三四五六七八九"
    for n in range(1, 31):
        text = (tens[n // 10 - 1] if n >= 20 else "") + ("十" if n >= 10 else "") + (tens[n % 10 - 1] if n % 10 else "")
        builder.numbered(f"{text}、", "抓好重点工作", outer)
    faults(builder)


BUILDERS = {f"编号-{name}": numbers(name) for name in FORMATS} | {
    function.__name__: function
    for function in [
        restarted, legal, started, styled, split, revised, fields, breaks, inline, table, commented, margins, hidden,
        typed, entities, empty, long,
    ]
}


def make(folder):
    made = {}
    for name, build in BUILDERS.items():
        builder = Builder()
        build(builder)
        # python-docx leaves out what the schema wants.
        zoom = builder.document.settings.element.find(qn("w:zoom"))
        if zoom is not None:
            zoom.set(qn("w:percent"), "100")
        builder.document.save(folder / f"{name}.docx")
        made[name] = builder.made
    return made


def bare(text):
    """`text` without blanks, as two programs export them differently."""
    return re.sub(r"[\s\u00a0\ufeff]", "", text)
