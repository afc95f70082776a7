// Findings, and what is done about them.
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { actions, draft, edit, find, open, revert, test, texts, until } from "./harness";

test("findings stand at their text", async () => {
  const { document } = await draft();
  assert.deepEqual(texts(document, "numbering-duplicate"), ["二要"]);
  assert.deepEqual(texts(document, "numbering-gap"), ["（三）"]);
  assert.ok(texts(document, "placeholder").includes("XX"));
});

test("a quick fix is applied", async () => {
  const { document } = await draft();
  const at = find(document, "二要真抓");
  const fix = (await actions(document, new vscode.Range(at, at))).find(({ title }) => title.includes("三要"));
  assert.ok(fix?.edit);
  assert.ok(await vscode.workspace.applyEdit(fix.edit));
  assert.ok(document.getText().includes("三要真抓实干"));
  await until("no finding", () => texts(document, "numbering-duplicate").length === 0);
  await revert();
});

test("the command for all safe fixes", async () => {
  const { document } = await open("修正讲话.txt", "同志们：\n我们的的工作要抓好。\n");
  await until("findings", () => texts(document, "repeated-word").length > 0);
  await vscode.commands.executeCommand("jianggao.editor.fixAll");
  await until("the fixes", () => document.getText().includes("我们的工作"));
  await revert();
});

test("hover", async () => {
  const { document } = await draft();
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider", document.uri, find(document, "XX区是全市"));
  const text = hovers.flatMap(({ contents }) => contents).map((c) => (typeof c === "string" ? c : c.value)).join("\n");
  assert.match(text, /占位符/);
});

test("edits around 𠮷 and emoji, columns in UTF-16", async () => {
  const { document } = await draft();
  const put = (before: string, text: string) =>
    edit((e) => e.insert(document.uri, find(document, before), text));
  const cut = (text: string) =>
    edit((e) => {
      const start = document.offsetAt(find(document, text));
      e.delete(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(start + text.length)));
    });
  await put("祥社区", "𠮷👨‍👩‍👧");
  await put("。一要", "😀é𠮷");
  await cut("的群众");
  await put("学深悟透", "𠀀");
  await cut("𠮷👨");
  await put("XX区是全市", "👍🏽");
  await put("今天我们", "𠮷");
  // Another edit, of which the answer is certain to come after those.
  await put("谢谢大家", "（）");
  await until("the finding", () => texts(document, "numbering-duplicate").join() === "二要");
  const at = find(document, "二要真抓");
  const fix = await until("the fix", async () =>
    (await actions(document, new vscode.Range(at, at))).find(({ title }) => title.includes("三要")));
  assert.ok(await vscode.workspace.applyEdit(fix.edit!));
  assert.equal(
    document.lineAt(at.line).text,
    "👍🏽XX区是全市发展的重要一极，𠮷‍👩‍👧祥社区盼着早日通车😀😀é𠮷。一要𠀀学深悟透，二要对标对表，三要真抓实干。");
  await revert();
});

test("links, and all fixes of a kind", async () => {
  const { document } = await open("链接讲话.txt",
    "同志们：\n<!-- 讲稿：忽略 placeholder -->\nXX区要带头,要深入。\n一要抓早,抓小；二要抓细,抓实。\n");
  await until("findings", () => texts(document, "halfwidth-punctuation").length === 3);
  const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>("vscode.executeLinkProvider", document.uri, 5);
  const link = links.find(({ range }) => document.getText(range) === "placeholder");
  assert.ok(link?.target, JSON.stringify(links));
  const page = await vscode.workspace.openTextDocument(link.target);
  assert.ok(page.languageId === "markdown" && page.getText().includes('placeholder = "off"'), page.getText());
  const { code } = vscode.languages.getDiagnostics(document.uri).find(({ source }) => source === "jianggao")!;
  assert.ok(typeof code === "object" && code.target.toString() === `jianggao-rule:/${code.value}.md`, JSON.stringify(code));
  const at = find(document, ",抓小");
  const all = (await actions(document, new vscode.Range(at, at), "quickfix")).find(({ title }) => title.includes("全文"));
  assert.ok(all?.edit);
  assert.ok(await vscode.workspace.applyEdit(all.edit));
  await until("no finding", () => texts(document, "halfwidth-punctuation").length === 0);
  await revert();
});

test("a fact is one entry, beside the faults and below them", async () => {
  const { document } = await draft();
  const open = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === "待填");
  const of = (text: string) => open.filter(({ range }) => document.getText(range) === text || document.getText(range) + "区" === text);
  assert.ok(open.length > 0 && open.every(({ severity }) => severity === vscode.DiagnosticSeverity.Information));
  assert.equal(of("XX区").length, 1, JSON.stringify(open));
  assert.equal(of("XX区")[0].relatedInformation?.length, 1);
});

test("F8 walks what is wrong, not what is open", async () => {
  const editor = await draft();
  editor.selection = new vscode.Selection(0, 0, 0, 0);
  const wrong = vscode.languages.getDiagnostics(editor.document.uri).filter(({ source }) => source === "jianggao").map(({ range }) => range.start);
  wrong.sort((a, b) => a.compareTo(b));
  for (const place of [...wrong, wrong[0]]) {
    await vscode.commands.executeCommand("jianggao.editor.nextFault");
    assert.ok(editor.selection.active.isEqual(place), `${editor.selection.active.line} for ${place.line}`);
  }
});

test("all fixes leave the markup of Markdown alone", async () => {
  const text = "# 讲话\n\n同志们：\n\n我们的的工作见[附件](附件一,二.docx)，![图](图 一.png)。\n\n**坚定信心，**主动作为[^1]。`a,b`\n\n[^1]: 出处,三月\n[甲]: 甲,一.md\n";
  const { document } = await open("链接讲话稿.md", text);
  await until("findings", () => texts(document, "repeated-word").length > 0);
  await vscode.commands.executeCommand("jianggao.editor.fixAll");
  await until("the fixes", () => !document.getText().includes("的的"));
  for (const markup of ["[附件](附件一,二.docx)", "![图](图 一.png)", "**坚定信心，**", "[^1]", "`a,b`", "[甲]: 甲,一.md"]) {
    assert.ok(document.getText().includes(markup), markup);
  }
  await revert();
});
