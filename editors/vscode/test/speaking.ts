// Speaking: against a target, rehearsed, printed; and what is handed on.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { api, folder, open, revert, test, until } from "./harness";

const TEXT = "时长：1分钟\n在全县推进会上的讲话\n同志们：\n一、备足种子\n货比三家，早定早运。XX乡要带头。\n二、修好水渠\n各乡镇分段包干。\n";

test("a draft is rehearsed, waits, and goes on", async () => {
  const editor = await open("试讲讲话.txt", TEXT);
  const state = () => api().rehearsal.state();
  await until("the rehearsal", async () => {
    await vscode.commands.executeCommand("jianggao.editor.rehearse");
    return state();
  });
  assert.equal(state()?.sentence, "在全县推进会上的讲话");
  await until("the next sentence", () => state()?.sentence === "同志们：");
  await vscode.commands.executeCommand("jianggao.editor.rehearsePause");
  assert.equal(state()?.running, false);
  await vscode.commands.executeCommand("jianggao.editor.rehearseNext");
  await vscode.commands.executeCommand("jianggao.editor.rehearseNext");
  assert.equal(state()?.sentence, "货比三家，早定早运。");
  assert.match(state()?.text ?? "", /已讲 0:\d\d，还剩 0:\d\d · 一、备足种子$/);
  await vscode.commands.executeCommand("jianggao.editor.rehearsePrevious");
  assert.equal(state()?.sentence, "一、备足种子");
  for (let n = 0; n < 12; n += 1) {
    await vscode.commands.executeCommand("jianggao.editor.rehearseFaster");
  }
  assert.equal(state()?.rate, 2);
  await vscode.commands.executeCommand("jianggao.editor.rehearsePause");
  await until("to go on", () => state()?.running && state()?.sentence === "XX乡要带头。");
  // Other words take another time.
  await editor.edit((edit) => edit.insert(new vscode.Position(4, 0), "要"));
  assert.equal(state(), undefined);
  await revert();
  editor.selection = new vscode.Selection(6, 2, 6, 2);
  await vscode.commands.executeCommand("jianggao.editor.rehearseHere");
  assert.equal(state()?.sentence, "各乡镇分段包干。");
  await vscode.commands.executeCommand("jianggao.editor.rehearseStop");
  assert.equal(state(), undefined);
});

test("a draft is printed in large type, and saved as a Word document, as it stands in the editor", async () => {
  const { document } = await open("打印讲话.txt", TEXT);
  const all = new vscode.WorkspaceEdit();
  all.replace(document.uri, new vscode.Range(4, 0, 4, 2), "货币");
  await vscode.workspace.applyEdit(all);
  const page = await api().printing.print(document);
  const html = fs.readFileSync(page!, "utf8");
  for (const part of ['class="reading"', "货币三家", "<mark>XX</mark>乡", "<i>‖</i>"]) {
    assert.ok(html.includes(part), `${part} in ${html}`);
  }
  assert.ok(!html.includes("时长"), html);
  const names = [await api().printing.word(document), await api().printing.word(document)].map((file) => path.basename(file!));
  assert.deepEqual(names, ["打印讲话.docx", "打印讲话2.docx"]);
  await revert();
});

test("a report is saved as a page and as Markdown", async () => {
  const { document } = await open("存报告讲话.txt", TEXT);
  await vscode.commands.executeCommand("jianggao.editor.placeholderList");
  const saved = async (name: string) => {
    const file = await api().reports.save("jianggao.placeholders", vscode.Uri.joinPath(folder(), name));
    return fs.readFileSync(file!.fsPath, "utf8");
  };
  await until("the report", () => api().reports.htmlOf("jianggao.placeholders")?.includes("XX乡"));
  const page = await saved("清单.html");
  assert.ok(page.includes("<td>XX乡</td>") && !page.includes("<a ") && !page.includes("acquireVsCodeApi"), page);
  assert.ok((await saved("清单.md")).includes(`](${encodeURI("存报告讲话.txt")}#L5)`));
  const tab = vscode.window.tabGroups.all.flatMap((group) => group.tabs).find((tab) => tab.label.includes("占位符清单"));
  await vscode.window.tabGroups.close(tab!);
  await vscode.window.showTextDocument(document);
});

test("the example of the walkthrough opens", async () => {
  await vscode.commands.executeCommand("jianggao.editor.openExample");
  const { document } = await until("the editor", () => vscode.window.activeTextEditor?.document.isUntitled && vscode.window.activeTextEditor);
  assert.equal(document.languageId, "jianggao");
  const found = () => vscode.languages.getDiagnostics(document.uri);
  await until("findings", () => found().length >= 8).catch(() => assert.fail(`${document.getText().length}: ${found().map(({ message }) => message).join(" | ")}`));
  await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
});
