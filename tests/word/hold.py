"""Holds what the program does with Word documents to what others see in them.

    hold.py PROGRAM FOLDER [DOCUMENT…]

Where openxml-audit is installed, it finds nothing in what is written that it does not find in what was given. For each document that is made in the folder, and those that are given: the text is what was put in, and what LibreOffice exports; findings come out as comments that stand
at their characters; parts that are not concerned stay byte for byte; taking all proposals back gives the text as it
was, accepting them gives that of `--fix`; the package is sound. With ECMA-376's `wml.xsd` in $WML_XSD it is validated.
"""

import collections
import http.server
import json
import os
import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import zipfile
from pathlib import Path

import docx
from lxml import etree

import documents
import odd

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
XML = "http://www.w3.org/XML/1998/namespace"
XML_XSD = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{XML}"><xs:attribute name="space" type="xs:NCName"/>
<xs:attribute name="lang" type="xs:string"/></xs:schema>"""


def schema(path):
    """ECMA-376's schema. It leaves to the reader where the attributes of XML itself are declared."""
    tree = etree.parse(path)
    for entry in tree.getroot().iter("{http://www.w3.org/2001/XMLSchema}import"):
        if entry.get("namespace") == XML and entry.get("schemaLocation") is None:
            with tempfile.NamedTemporaryFile("w", suffix=".xsd", delete=False) as file:
                file.write(XML_XSD)
            entry.set("schemaLocation", file.name)
    return etree.XMLSchema(tree)


SCHEMA = schema(os.environ["WML_XSD"]) if os.environ.get("WML_XSD") else None


def q(name):
    return f"{{{W}}}{name}"


def run(*arguments, codes=(0, 1)):
    done = subprocess.run(arguments, capture_output=True, env={**os.environ, "LC_ALL": "zh_CN.UTF-8"})
    if done.returncode not in codes:
        raise AssertionError(f"{arguments}: {done.returncode}\n{done.stderr.decode()}")
    return done.stdout.decode()


def parts(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def loosened(content):
    """A part of the strict form of the standard as one of the usual form."""
    for strict, usual in [("wordprocessingml/main", W), ("officeDocument/relationships", odd.OFFICE)]:
        content = content.replace(f"http://purl.oclc.org/ooxml/{strict}".encode(), usual.encode())
    return content.replace(b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/")


def ours(path):
    """The texts of our comments."""
    xml = next((content for name, content in parts(path).items() if re.fullmatch(r"word/comments\w*\.xml", name) and b"<w:comments" in content), None)
    comments = [] if xml is None else etree.fromstring(loosened(xml)).iter(q("comment"))
    return ["\n".join("".join(p.itertext()) for p in c.iter(q("p"))) for c in comments if c.get(q("author")) == "讲稿"]


def understood(root):
    """What is left for a program that knows the standard alone."""
    unknown = {root.nsmap[prefix] for prefix in root.get(f"{{{MC}}}Ignorable", "").split() if prefix in root.nsmap}
    for choice in list(root.iter(f"{{{MC}}}AlternateContent")):
        fallback, parent = choice.find(f"{{{MC}}}Fallback"), choice.getparent()
        at = parent.index(choice)
        for child in reversed(list(fallback) if fallback is not None else []):
            parent.insert(at, child)
        parent.remove(choice)
    for element in [element for element in root.iter() if isinstance(element.tag, str)]:
        for name in [name for name in element.attrib if name[:1] == "{" and name[1:].split("}")[0] in unknown | {MC}]:
            del element.attrib[name]
        if element.tag[1:].split("}")[0] in unknown:
            element.getparent().remove(element)
    return etree.fromstring(etree.tostring(root))


def faults(path):
    """What is wrong with a package, beyond the schema what Word insists on."""
    found, of = [], {name: loosened(content) for name, content in parts(path).items()}
    types = etree.fromstring(of["[Content_Types].xml"])
    overrides = {entry.get("PartName")[1:] for entry in types if entry.tag.endswith("Override")}
    usual = {entry.get("Extension").lower() for entry in types if entry.tag.endswith("Default")}
    found += [f"a type for nothing: {name}" for name in overrides - of.keys()]
    found += [
        f"no type: {name}"
        for name in of
        if name not in overrides | {"[Content_Types].xml"} and name.rsplit(".", 1)[-1].lower() not in usual
    ]
    for name in [name for name in of if name.endswith(".rels")]:
        folder = posixpath.dirname(posixpath.dirname(name))
        for relationship in etree.fromstring(of[name]):
            target = posixpath.normpath(posixpath.join(folder, relationship.get("Target"))).lstrip("/")
            if relationship.get("TargetMode") != "External" and target not in of:
                found.append(f"{name} leads to nothing: {target}")
    body = etree.fromstring(of["word/document.xml"])
    comments = etree.fromstring(of["word/comments.xml"]) if "word/comments.xml" in of else []
    known = [comment.get(q("id")) for comment in comments]
    for kind in ["commentRangeStart", "commentRangeEnd", "commentReference"]:
        ids = [element.get(q("id")) for element in body.iter(q(kind))]
        found += [f"{kind} twice: {one}" for one, times in collections.Counter(ids).items() if times > 1]
        found += [f"{kind} of nothing: {one}" for one in set(ids) - set(known)]
    revisions = [e.get(q("id")) for kind in ["ins", "del", "moveFrom", "moveTo"] for e in body.iter(q(kind))]
    for ids in [known, revisions, known + revisions]:
        found += [f"an id twice: {one}" for one, times in collections.Counter(ids).items() if times > 1]
    references = {element.get(q("id")) for element in body.iter(q("commentReference"))}
    found += [f"a comment that stands nowhere: {comment}" for comment in set(known) - references]
    for run in body.iter(q("r")):
        if all(child.tag == q("rPr") for child in run):
            found.append("a run without anything")
    for text in body.iter(q("t"), q("delText")):
        is_gone = any(above.tag in (q("del"), q("moveFrom")) for above in text.iterancestors())
        if is_gone != (text.tag == q("delText")):
            found.append(f"{text.tag}: {text.text}")
    for cell in body.iter(q("tc")):
        if cell[-1].tag not in (q("p"), q("sdt")):
            found.append("a cell without a paragraph at its end")
    for name in [name for name in of if re.fullmatch(r"word/\w+\.xml", name)]:
        root = etree.fromstring(of[name])
        signs = [sign.get(q("fldCharType")) for sign in root.iter(q("fldChar"))]
        if signs.count("begin") != signs.count("end"):
            found.append(f"{name}: fields that do not end")
        kept = [any(text.text for text in simple.iter(q("t"))) for simple in root.iter(q("fldSimple"))]
        found += [f"{name}: a field without what it last showed"] * kept.count(False)
    if SCHEMA:
        for name in ["document", "comments", "styles", "settings", "footer1"]:
            if f"word/{name}.xml" in of and not SCHEMA.validate(understood(etree.fromstring(of[f"word/{name}.xml"]))):
                found += [f"{name}: {error.message[:160]}" for error in SCHEMA.error_log]
    return collections.Counter(found)


def rejected(source, to):
    """A copy of a document with our proposals taken back."""
    of = {name: loosened(content) for name, content in parts(source).items()}
    body = etree.fromstring(of["word/document.xml"])
    for element in [e for e in body.iter(q("ins"), q("del")) if e.get(q("author")) == "讲稿"]:
        parent, at = element.getparent(), element.getparent().index(element)
        if element.tag == q("del"):
            for child in reversed(element):
                for text in child.iter(q("delText")):
                    text.tag = q("t")
                parent.insert(at, child)
        parent.remove(element)
    of["word/document.xml"] = etree.tostring(body)
    with zipfile.ZipFile(to, "w") as package:
        for name, content in of.items():
            package.writestr(name, content)


class Hold:
    def __init__(self, program, folder):
        self.program, self.folder, self.failures = program, folder, []

    def that(self, name, what, holds, detail=""):
        if not holds:
            self.failures.append(f"{name}: {what} {detail}")

    def text(self, path):
        return run(self.program, "text", str(path))

    def document(self, path, lines=None, exported=None):
        name = path.name
        text = self.text(path)
        if lines is not None:
            self.that(name, "shows", text.splitlines() == lines, f"\n  {text.splitlines()}\n  {lines}")
        if exported is not None:
            mine, theirs = documents.bare(text), documents.bare(exported)
            self.that(name, "LibreOffice shows", mine == theirs, f"\n  {mine}\n  {theirs}")
        before = faults(path)
        found = json.loads(run(self.program, "check", "--format", "json", str(path)))["files"][0]["diagnostics"]
        annotated, revised = (path.with_name(f"{path.stem}.{way}.out.docx") for way in ["批注", "修订"])
        for out in [annotated, revised]:
            out.unlink(missing_ok=True)
        run(self.program, "check", "--quiet", "--annotate", str(annotated), str(path))
        run(self.program, "check", "--quiet", "--revise", str(revised), str(path))
        comments = ours(annotated)
        self.that(name, "comments", len(comments) == len(found), f"{len(comments)} for {len(found)} findings")
        if not name.startswith("严格"):
            others = [comment for comment in docx.Document(annotated).comments if comment.author == "讲稿"]
            self.that(name, "comments that python-docx sees", len(others) == len(found))
        self.that(name, "annotated text", self.text(annotated) == text)
        old, new = parts(path), parts(annotated)
        concerned = {"word/document.xml", "word/comments.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}
        changed = {part for part in old if old[part] != new.get(part)} - concerned
        self.that(name, "parts stay", not changed, changed)
        for out in [annotated, revised]:
            worse = faults(out) - before
            self.that(out.name, "is sound", not worse, worse)
        bare, draft = path.with_name(f"{path.stem}.bare.docx"), path.with_name(f"{path.stem}.out.txt")
        rejected(revised, bare)
        self.that(name, "taken back", self.text(bare) == text)
        stripped = path.with_name(f"{path.stem}.strip.out.docx")
        stripped.unlink(missing_ok=True)
        run(self.program, "check", "--strip", str(stripped), str(annotated))
        self.that(name, "stripped", self.text(stripped) == text and not faults(stripped) - before)
        draft.write_text(text, encoding="utf-8")
        run(self.program, "check", "--quiet", "--fix", str(draft))
        fixed, accepted = draft.read_text(encoding="utf-8"), self.text(revised)
        same = [a == b or a == c for a, b, c in zip(accepted.splitlines(), fixed.splitlines(), text.splitlines())]
        self.that(name, "accepted", all(same) and len(same) == len(text.splitlines()), f"\n{accepted}\n{fixed}")
        return annotated


def convert(paths, to, folder):
    folder.mkdir(exist_ok=True)
    subprocess.run(
        ["soffice", "--headless", "--convert-to", to, "--outdir", str(folder), *map(str, paths)],
        check=True, capture_output=True, timeout=600,
    )
    return folder


# Documents whose text is laid out, and that are turned into other formats.
EXPORTED = ["编号-decimal", "fields", "split", "long", "级别重来", "entities"]
CONVERTED = ["编号-chineseCountingThousand", "编号-decimal", "styled", "split", "table", "breaks", "级别重来", "表中表"]
# LibreOffice writes Chinese marks of numbers otherwise into RTF: `（` as `(`, `、` as `?`.
NUMBERED = ["编号-chineseCountingThousand", "编号-decimal", "styled", "级别重来"]


def exported_again(hold, program, paths, has_office):
    """Laid out, a text is a sound document, and others show the same."""
    made = []
    for path in paths:
        for manner, options in [("公文", []), ("念稿", ["--reading"]), ("范文", ["--template", str(path)])]:
            out = path.with_name(f"{path.stem}.{manner}.export.docx")
            out.unlink(missing_ok=True)
            run(program, "export", str(path), "-o", str(out), *options)
            worse = faults(out) - (faults(path) if manner == "范文" else collections.Counter())
            hold.that(out.name, "is sound", not worse, worse)
            made.append(out)
    if has_office:
        for text in convert(made, "txt:Text (encoded):UTF8", made[0].parent / "exports").glob("*.txt"):
            mine = documents.bare(hold.text(made[0].parent / f"{text.stem}.docx"))
            theirs = documents.bare(text.read_text(encoding="utf-8-sig"))
            hold.that(text.stem, "LibreOffice shows", mine == theirs, f"\n  {mine}\n  {theirs}")
    return len(made)


def converted(hold, program, paths, made, folder):
    """Other formats, read through LibreOffice, show the same; what is damaged is said to be so."""
    count = 0
    for kind in ["doc", "rtf", "odt"]:
        for path in sorted(convert(paths, kind, folder / kind).glob(f"*.{kind}")):
            before = path.read_bytes()
            text = run(program, "text", "--convert", str(path))
            mine, wanted = documents.bare(text), documents.bare("\n".join(made[path.stem].lines))
            is_same = mine == wanted or kind == "rtf" and path.stem in NUMBERED
            hold.that(path.name, "converted", is_same, f"\n  {mine}\n  {wanted}")
            out = path.with_suffix(".批注.docx")
            out.unlink(missing_ok=True)
            run(program, "check", "--quiet", "--convert", "--annotate", str(out), str(path))
            hold.that(path.name, "comments", ours(out))
            hold.that(path.name, "stays as it was", path.read_bytes() == before)
            hold.that(path.name, "leaves nothing", not list(path.parent.glob(".~lock*")))
            count += 1
    damaged = folder / "坏.doc"
    damaged.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    run(program, "check", "--convert", str(damaged), codes=(2,))
    return count + 1 + fetched(hold, program, folder)


def fetched(hold, program, folder):
    """A picture that lies elsewhere is not fetched."""
    asked = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

    server = http.server.HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    away = f"http://127.0.0.1:{server.server_port}/a.png"
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    path = folder / "远处.fodt"
    path.write_text(
        f'<?xml version="1.0"?><office:document xmlns:office="{space}office:1.0" xmlns:text="{space}text:1.0" xmlns:draw="{space}drawing:1.0"'
        f' xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>'
        f'<text:p>同志们，请XX区带头。<draw:frame><draw:image xlink:href="{away}"/></draw:frame></text:p>'
        f'<text:section text:name="s"><text:section-source xlink:href="{away}"/><text:p>乙</text:p></text:section></office:text></office:body></office:document>',
        encoding="utf-8",
    )
    text = run(program, "text", "--convert", str(path))
    server.shutdown()
    hold.that(path.name, "is read", "请XX区带头" in text, text)
    hold.that(path.name, "nothing is fetched", not asked, asked)
    return 1


def audited(hold, folder):
    audit = Path(sys.executable).with_name("openxml-audit")
    if not audit.exists():
        print("no openxml-audit: what is written is not validated by it", file=sys.stderr)
        return
    paths = sorted(path for path in folder.glob("*.docx") if ".out" not in path.suffixes and ".export" not in path.suffixes)

    def errors(path):
        said = json.loads(run(str(audit), "-o", "json", "-m", "0", str(path), codes=(0, 1, 2)))
        found = collections.Counter(error["description"] for error in said[0]["errors"])
        # It asks for a theme, which the standard leaves open and docx.js does not write either.
        return collections.Counter({text: times for text, times in found.items() if "/theme'" not in text})

    for path in paths[::4]:
        if not (revised := path.with_name(f"{path.stem}.修订.out.docx")).exists():
            continue
        worse = errors(revised) - errors(path)
        hold.that(revised.name, "openxml-audit", not worse, worse)
    for path in sorted(folder.glob("*.公文.export.docx")):
        hold.that(path.name, "openxml-audit", not errors(path), errors(path))


def main():
    program, folder = sys.argv[1], Path(sys.argv[2])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    made = documents.make(folder) | odd.make(folder)
    hold, count = Hold(program, folder), 0
    paths = [folder / f"{name}.docx" for name in made]
    has_office = shutil.which("soffice") is not None
    if has_office:
        exported = convert(paths, "txt:Text (encoded):UTF8", folder / "text")
    annotated = []
    for path in paths:
        document = made[path.stem]
        text = (exported / f"{path.stem}.txt").read_text(encoding="utf-8-sig") if has_office else None
        annotated.append(hold.document(path, document.lines, None if document.differs else text))
        count += 1
    if has_office:
        # Saved by another program, before and after.
        for path in sorted(convert(paths, "docx", folder / "office").glob("*.docx")):
            document = made[path.stem]
            hold.document(path, None if document.differs else document.lines)
            count += 1
        for path in sorted(convert(annotated, "docx", folder / "again").glob("*.docx")):
            again = path.with_name(path.name + ".out.docx")
            run(program, "check", "--quiet", "--annotate", str(again), str(path))
            mine, theirs = sorted(ours(again)), sorted(ours(path))
            # Where another program shows something else, something else is found.
            is_same = not made[path.name.split(".")[0]].differs
            hold.that(path.name, "annotated again", mine == theirs or not is_same, f"\n{mine}\n{theirs}")
            hold.that(path.name, "same text", hold.text(again) == hold.text(path))
            count += 1
    else:
        print("no LibreOffice: its text and its documents are not compared", file=sys.stderr)
    for path in map(Path, sys.argv[3:]):
        hold.document(path)
        count += 1
    count += exported_again(hold, program, [path for path in paths if path.stem in EXPORTED], has_office)
    if has_office:
        count += converted(hold, program, [path for path in paths if path.stem in CONVERTED], made, folder)
    audited(hold, folder)
    for failure in hold.failures:
        print(failure)
    print(f"{count} documents, {len(hold.failures)} failures")
    sys.exit(bool(hold.failures))


main()
