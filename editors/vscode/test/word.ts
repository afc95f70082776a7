// Word documents from the explorer. Part of the suite that runs inside VS Code's extension host.
import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { api, folder, test } from "./harness";

const TEXT = "在全县推进会上的讲话\n同志们：\n一、提高认识\n各级各部门要分表必争，抓好落实。\n二、狠抓落实\n请XX区带头。<b>&*甲*\n";

const word = () => api().word;

/** A document in the folder, made by the program itself. */
function made(name: string): vscode.Uri {
  const [draft, document] = [`${name}.txt`, `${name}.docx`].map((file) => path.join(folder().fsPath, file));
  fs.rmSync(document, { force: true });
  fs.writeFileSync(draft, TEXT);
  execFileSync(process.env.JIANGGAO_SERVER!, ["export", draft, "-o", document]);
  fs.rmSync(draft);
  return vscode.Uri.file(document);
}

test("a Word document is checked from the explorer", async () => {
  const document = made("会议讲话");
  await vscode.commands.executeCommand("jianggao.editor.checkWord", document);
  const html = word().htmlOf(document) ?? "";
  for (const part of ["<mark>分表必争</mark>", "第 5 段（一、提高认识）", "<mark>XX</mark>区", "#annotate", "&lt;b&gt;&amp;*甲*"]) {
    assert.ok(html.includes(part), `${part} in ${html}`);
  }
  const menus = vscode.extensions.getExtension("jianggao.jianggao")!.packageJSON.contributes.menus;
  const entry = menus["explorer/context"].find((entry: { command: string }) => entry.command === "jianggao.editor.checkWord");
  assert.match(entry.when, /docx?/);
});

test("a copy of a Word document has the findings, and the document is as it was", async () => {
  const document = made("会议讲话二");
  const before = fs.readFileSync(document.fsPath);
  for (const [way, name] of [["annotate", "会议讲话二.批注.docx"], ["annotate", "会议讲话二.批注2.docx"], ["revise", "会议讲话二.修订.docx"]] as const) {
    const to = await word().copy(document, way);
    assert.equal(path.basename(to ?? ""), name);
    assert.ok(fs.readFileSync(to!).includes("word/comments.xml"));
  }
  assert.ok(fs.readFileSync(document.fsPath).equals(before));
});

test("a damaged Word document is said to be one", async () => {
  const document = vscode.Uri.joinPath(folder(), "损坏.docx");
  fs.writeFileSync(document.fsPath, "PK\u0003\u0004 word/");
  await vscode.commands.executeCommand("jianggao.editor.checkWord", document);
  assert.equal(word().htmlOf(document), undefined);
});
