"""Word documents written by hand: what the producers at hand cannot make, and office templates are full of.

`make(folder)` writes them and returns {name: Made}, as `documents.make` does.
"""

import zipfile

from documents import Made

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
ROOTS = {"header": "hdr", "footer": "ftr"}

FAULT = "各级各部门要分表必争，请XX区带头。"


def run(text, properties=""):
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs, properties=""):
    inner = "".join(r if r.startswith("<") else run(r) for r in runs)
    return f'<w:p>{f"<w:pPr>{properties}</w:pPr>" if properties else ""}{inner}</w:p>'


def n(text, level=0, number=1, style=None):
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return p(text, properties=f'{style}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(at, form, text, more="", start=1, suffix="nothing"):
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def template(identity, *levels, more=""):
    return f'<w:abstractNum w:abstractNumId="{identity}"><w:multiLevelType w:val="multilevel"/>{more}{"".join(levels)}</w:abstractNum>'


def uses(number, of, more=""):
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def table(*rows):
    cell = lambda content: f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>{content}</w:tc>'
    lines = "".join(f"<w:tr>{''.join(cell(content) for content in row)}</w:tr>" for row in rows)
    columns = '<w:gridCol w:w="2000"/>' * len(rows[0])
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{lines}</w:tbl>'


def field(instruction, result):
    char = lambda kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
    return f'{char("begin")}<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>{char("separate")}{result}{char("end")}'


def box(content):
    """A text box as Word writes it: the shape, and a picture of it for programs that know no shapes."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0"'
        ' simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph">'
        '<wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent cx="1800000" cy="720000"/><wp:wrapNone/><wp:docPr id="7" name="框"/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/>'
        f'<wps:spPr/><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>'
        f'</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent>'
        '</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>'
    )


COUNTED = "chineseCountingThousand"
LEVELS = [level(0, COUNTED, "%1、"), level(1, COUNTED, "（%2）"), level(2, "decimal", "%3.")]

DOCUMENTS = {}


def document(name, body, lines, differs="", **parts):
    DOCUMENTS[name] = (body, lines + [FAULT], differs, parts)


document(
    "表中表",
    table([p("甲") + table([p("内一")], [p("内二，请XX局落实")]) + p("甲后"), p("乙")]),
    ["甲", "内一", "内二，请XX局落实", "甲后", "乙"],
)
document(
    "移动",
    p("甲", '<w:moveFromRangeStart w:id="1" w:name="m"/><w:moveFrom w:id="2" w:author="张三">' + run("移走XX区") + '</w:moveFrom><w:moveFromRangeEnd w:id="1"/>', "乙")
    + p("丙", '<w:moveToRangeStart w:id="3" w:name="m"/><w:moveTo w:id="4" w:author="张三">' + run("移来XX区") + '</w:moveTo><w:moveToRangeEnd w:id="3"/>', "丁"),
    ["甲乙", "丙移来XX区丁"],
    "LibreOffice exports what has been moved away as well",
)
document(
    "删段",
    p("第一段", properties='<w:rPr><w:del w:id="5" w:author="张三"/></w:rPr>') + p("接着的一段，请XX区落实。")
    + p('<w:del w:id="6" w:author="张三"><w:r><w:delText>整段</w:delText></w:r></w:del>', properties='<w:rPr><w:del w:id="7" w:author="张三"/></w:rPr>'),
    ["第一段接着的一段，请XX区落实。"],
    "LibreOffice exports what is deleted",
)
document(
    "批注在删除里",
    p("甲", '<w:commentRangeStart w:id="0"/><w:del w:id="8" w:author="张三"><w:r><w:delText>删</w:delText></w:r><w:r><w:commentReference w:id="0"/></w:r></w:del><w:commentRangeEnd w:id="0"/>', "乙"),
    ["甲乙"],
    "LibreOffice exports what is deleted",
    comments='<w:comment w:id="0" w:author="李四" w:initials="李"><w:p><w:r><w:t>批注</w:t></w:r></w:p></w:comment>',
)
document(
    "脚注编号",
    p("见注", '<w:r><w:footnoteReference w:id="2"/></w:r>', "。"),
    ["见注。"],
    "LibreOffice exports no notes here",
    footnotes=f'<w:footnote w:id="2">{n("甲")}{n("乙，请XX局落实")}</w:footnote>',
    numbering=template(0, level(0, "decimal", "%1.")) + uses(1, 0),
    tail=["", "1.甲", "2.乙，请XX局落实"],
)
document(
    "控件",
    f'<w:sdt><w:sdtPr/><w:sdtContent>{p("块里XX区")}</w:sdtContent></w:sdt>'
    + table([p("甲")]).replace("<w:tr>", "<w:sdt><w:sdtContent><w:tr>").replace("</w:tr>", "</w:tr></w:sdtContent></w:sdt>")
    + p("行内", f'<w:sdt><w:sdtContent>{run("控件")}<w:sdt><w:sdtContent>{run("里的控件")}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>', "。"),
    ["块里XX区", "甲", "行内控件里的控件。"],
    "LibreOffice saves controls as fields",
)
document(
    "文本框",
    p("框前", box(p("框里，请XX局落实")), "框后") + p("下一段"),
    ["框前框后", "框里，请XX局落实", "下一段"],
    "LibreOffice exports text boxes elsewhere",
)
document("从右到左", p(run("从右到左的", "<w:rtl/>"), '<w:bdo w:val="rtl">' + run("请XX区落实") + "</w:bdo>", "。"), ["从右到左的请XX区落实。"])
document(
    "级别重来",
    n("甲") + n("子", 1) + n("孙", 2) + n("子二", 1) + n("孙", 2) + n("乙") + n("子", 1) + n("孙", 2),
    ["一、甲", "（一）子", "1.孙", "（二）子二", "1.孙", "二、乙", "（一）子", "1.孙"],
    numbering=template(0, *LEVELS) + uses(1, 0),
)
document(
    "不重来",
    n("甲") + n("子", 1) + n("子", 1) + n("乙") + n("子", 1),
    ["一、甲", "（一）子", "（二）子", "二、乙", "（三）子"],
    "LibreOffice restarts all the same",
    numbering=template(0, LEVELS[0], level(1, COUNTED, "（%2）", '<w:lvlRestart w:val="0"/>')) + uses(1, 0),
)
document(
    "两级连写",
    n("甲") + n("子", 1) + n("子", 1) + n("乙") + n("子", 1),
    ["1甲", "1-1子", "1-2子", "2乙", "2-1子"],
    numbering=template(0, level(0, "decimal", "%1"), level(1, "decimal", "%1-%2")) + uses(1, 0),
)
document(
    "正规形式",
    n("甲") + n("子", 1) + n("孙", 2),
    ["第一章甲", "1.1子", "1.1.1孙"],
    "LibreOffice knows no isLgl",
    numbering=template(
        0, level(0, COUNTED, "第%1章"), level(1, "decimal", "%1.%2", "<w:isLgl/>"), level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
    )
    + uses(1, 0),
)
document(
    "另起编号",
    n("甲") + n("乙") + n("丙", number=2) + n("丁", number=2) + n("戊"),
    ["一、甲", "二、乙", "五、丙", "六、丁", "七、戊"],
    numbering=template(0, *LEVELS) + uses(1, 0) + uses(2, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'),
)
document(
    "换级定义",
    n("甲") + n("乙", number=2) + n("丙", number=2),
    ["一、甲", "第1条乙", "第2条丙"],
    numbering=template(0, *LEVELS) + template(1, *LEVELS) + uses(1, 0)
    + uses(2, 1, f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "第%1条")}</w:lvlOverride>'),
)
document(
    "样式编号",
    p("甲", properties='<w:pStyle w:val="B"/>') + p("子", properties='<w:pStyle w:val="C"/>')
    + p("不编号", properties='<w:pStyle w:val="B"/><w:numPr><w:numId w:val="0"/></w:numPr>') + p("乙", properties='<w:pStyle w:val="B"/>'),
    ["一、甲", "（一）子", "不编号", "二、乙"],
    numbering=template(0, *LEVELS) + uses(1, 0),
    styles='<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="C"/><w:basedOn w:val="A"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>',
)
document(
    "列表样式",
    n("甲") + n("乙"),
    ["一、甲", "二、乙"],
    numbering=template(0, more='<w:numStyleLink w:val="L"/>') + template(1, *LEVELS, more='<w:styleLink w:val="L"/>') + uses(1, 0) + uses(2, 1),
    styles='<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>',
)
document(
    "空段编号",
    n("甲") + n("") + n("乙"),
    ["一、甲", "二、", "三、乙"],
    numbering=template(0, *LEVELS) + uses(1, 0),
)
document(
    "域里的域",
    p("根据", field("IF " + "a", run("甲") + field("REF b", run("乙区"))), "，请XX区落实。"),
    ["根据甲乙区，请XX区落实。"],
    "LibreOffice leaves out what a field in a field shows",
)
document(
    "跨段的域",
    p("前", '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>', "目录一")
    + p("目录二", '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "后"),
    ["前目录一", "目录二后"],
    "LibreOffice makes an index of it that stands alone",
)
document(
    "实体",
    "<w:p><w:r><w:t>甲&amp;乙&lt;丙&gt;&#x4E01;&#25103;<![CDATA[<戊>]]>，请XX区落实</w:t></w:r></w:p>",
    ["甲&乙<丙>丁戏<戊>，请XX区落实"],
)
document(
    "注音",
    p("请", '<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>yin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>音</w:t></w:r></w:rubyBase></w:ruby></w:r>', "读出XX字。"),
    ["请音读出XX字。"],
    "LibreOffice exports readings in its own way",
)
document(
    "公式",
    p("设", "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "，请XX区落实。"),
    ["设x=1，请XX区落实。"],
    "LibreOffice exports formulas as objects",
)
document(
    "空格",
    "<w:p><w:r><w:t> 前后 </w:t></w:r><w:r><w:t xml:space='preserve'> 保留 </w:t></w:r><w:r><w:t>请XX区</w:t></w:r></w:p>",
    ["前后 保留 请XX区"],
)
document(
    "特殊字符",
    "<w:p><w:r><w:t>甲</w:t><w:noBreakHyphen/><w:t>乙</w:t><w:softHyphen/><w:sym w:font='Wingdings' w:char='F0FE'/><w:tab/><w:t>请XX区</w:t><w:cr/><w:t>丙</w:t></w:r></w:p>",
    ["甲-乙☑\t请XX区", "丙"],
    "LibreOffice keeps characters of its own",
)
document(
    "删行",
    table([p("甲")], [p("删XX")]).replace("</w:tr><w:tr>", "</w:tr><w:tr><w:trPr><w:del w:id='9' w:author='张三'/></w:trPr>"),
    ["甲"],
    "LibreOffice exports what is deleted",
)
document(
    "框在页眉",
    p("正文"),
    ["正文"],
    "LibreOffice exports no headers",
    header1=p("页眉，请XX局落实", box(p("页眉的框，请XX办落实"))),
    section='<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>',
    tail=["", "页眉，请XX局落实", "页眉的框，请XX办落实"],
)


def entries(body, parts):
    """The names of the parts and what is in them."""
    parts = dict(parts)
    section = parts.pop("section", "")
    parts.pop("tail", None)
    kinds = {name: name.rstrip("0123456789") for name in parts}
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{WORD_TYPE}.{kind}+xml"/>' for name, kind in kinds.items())
    of = "".join(f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{name}.xml"/>' for name, kind in kinds.items())
    yield "[Content_Types].xml", (
        f'{HEAD}<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{WORD_TYPE}.document.main+xml"/>{types}</Types>'
    )
    yield "_rels/.rels", f'{HEAD}<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="m" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
    yield "word/document.xml", f"{HEAD}<w:document {SPACES}><w:body>{body}{p(FAULT)}{section}</w:body></w:document>"
    yield "word/_rels/document.xml.rels", f'{HEAD}<Relationships xmlns="{RELATIONSHIPS}">{of}</Relationships>'
    for name, content in parts.items():
        root = ROOTS.get(kinds[name], name)
        yield f"word/{name}.xml", f"{HEAD}<w:{root} {SPACES}>{content}</w:{root}>"


def strict(text):
    """As programs write it that keep to the strict form of the standard."""
    return (
        text.replace(MAIN, "http://purl.oclc.org/ooxml/wordprocessingml/main")
        .replace(OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships")
        .replace("http://schemas.openxmlformats.org/drawingml/2006/", "http://purl.oclc.org/ooxml/drawingml/")
    )


def make(folder):
    made = {}
    for name, (body, lines, differs, parts) in DOCUMENTS.items():
        for way, change in [("", str), ("严格-", strict)] if name in ("级别重来", "表中表") else [("", str)]:
            with zipfile.ZipFile(folder / f"{way}{name}.docx", "w", zipfile.ZIP_DEFLATED) as package:
                for part, content in entries(body, parts):
                    package.writestr(part, change(content))
            made[way + name] = Made(lines + parts.get("tail", []), differs)
    return made
