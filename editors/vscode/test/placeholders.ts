// Placeholders: from one to the next, and filled in everywhere.
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { actions, draft, find, open, revert, test, until, rename } from "./harness";

test("the next placeholder is selected", async () => {
  const editor = await draft();
  const { document } = editor;
  const selected = (text: string) => () => document.getText(editor.selection) === text;
  const at = find(document, "一、提高认识");
  editor.selection = new vscode.Selection(at, at);
  await vscode.commands.executeCommand("jianggao.editor.nextPlaceholder");
  await until("the next", () => selected("XX区")() && editor.selection.start.isEqual(find(document, "XX区是全市")));
  await vscode.commands.executeCommand("jianggao.editor.nextPlaceholder");
  await until("the one after", () => editor.selection.start.isEqual(find(document, "XX区的优势")));
  const last = document.lineAt(document.lineCount - 1).range.end;
  editor.selection = new vscode.Selection(last, last);
  await vscode.commands.executeCommand("jianggao.editor.nextPlaceholder");
  await until("the first again", () => editor.selection.start.isEqual(find(document, "XX年")));
});

test("at a placeholder it is filled in first of all", async () => {
  const { document } = await draft();
  const at = find(document, "XX区是全市");
  const [first] = await actions(document, new vscode.Range(at, at), "quickfix");
  assert.match(first.title, /^填写“XX区”（全文 2 处）…$/);
  assert.equal(first.command?.command, "jianggao.fill");
});

test("a placeholder is renamed everywhere", async () => {
  const { document } = await draft();
  const at = find(document, "XX区是全市");
  const asked = await vscode.commands.executeCommand<{ range: vscode.Range; placeholder: string }>("vscode.prepareRename", document.uri, at);
  assert.deepEqual([asked.placeholder, document.getText(asked.range)], ["XX区", "XX区"]);
  await assert.rejects(async () => vscode.commands.executeCommand("vscode.prepareRename", document.uri, find(document, "学深悟透")), /占位符/);
  await rename(document, at, "临江区");
  assert.equal(document.getText().split("临江区").length, 3);
  assert.ok(!document.getText().includes("XX区"));
  await revert();
});

test("each kind of placeholder is renamed as the phrase that is shown", async () => {
  for (const [n, [text, at, shown, name, expected]] of [
    ["XX区要带头，XX区要实干。", "XX区", "XX区", "东湖区", "东湖区要带头，东湖区要实干。"],
    ["走访了XX镇、XX镇、XX局。", "XX镇", "XX镇", "青石镇", "走访了青石镇、XX镇、XX局。"],
    ["X总在会上强调，X总还要求加快建设。", "X总", "X总", "张总", "张总在会上强调，X总还要求加快建设。"],
    ["【单位名称】要带头，【单位名称】要实干。", "【单位", "【单位名称】", "教育局", "教育局要带头，教育局要实干。"],
    ["完成投资X亿元，增收X亿元。", "X亿元", "X", "5", "完成投资5亿元，增收X亿元。"],
    ["由XX牵头，XX配合。", "XX", "XX", "教育局", "由教育局牵头，XX配合。"],
  ].entries()) {
    const { document } = await open(`填空讲话${n}.txt`, `同志们：\n${text}\n`);
    const place = find(document, at);
    const asked = await until("the name", async () =>
      vscode.commands.executeCommand<{ placeholder: string }>("vscode.prepareRename", document.uri, place));
    assert.equal(asked.placeholder, shown, text);
    await rename(document, place, name);
    assert.equal(document.lineAt(1).text, expected);
    await revert();
  }
});

test("definition, references, highlights and linked editing of a placeholder", async () => {
  const { document } = await draft();
  const [first, second] = [find(document, "XX区是全市"), find(document, "XX区的优势")];
  const places = async (command: string, at: vscode.Position) =>
    (await vscode.commands.executeCommand<vscode.Location[]>(command, document.uri, at)).map(({ range }) => range.start);
  assert.deepEqual(await places("vscode.executeDefinitionProvider", second), [first]);
  assert.deepEqual(await places("vscode.executeReferenceProvider", first), [first, second]);
  assert.deepEqual(await places("vscode.executeDocumentHighlights", second), [first, second]);
  // VS Code has no public name for this one; it counts from 1.
  const linked = await vscode.commands.executeCommand<{ ranges: { startLineNumber: number }[] }>(
    "_executeLinkedEditingProvider", document.uri, { lineNumber: first.line + 1, column: 2 });
  assert.deepEqual(linked.ranges.map((r) => r.startLineNumber - 1), [first.line, second.line]);
});
