// What the tests in the extension host share.
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Api } from "../src/extension";

export const DRAFT = "工作推进会讲话.txt";
export const tests: [string, () => Promise<void> | void][] = [];
export const test = (name: string, run: () => Promise<void> | void) => tests.push([name, run]);

/** What the extension lets tests see. */
export function api(): Api {
  return vscode.extensions.getExtension("jianggao.jianggao")!.exports;
}

export function folder(): vscode.Uri {
  return vscode.workspace.workspaceFolders![0].uri;
}

export async function until<T>(what: string, look: () => T | Promise<T>): Promise<Exclude<T, undefined | null | false>> {
  const end = Date.now() + 40_000;
  while (Date.now() < end) {
    const found = await look();
    if (found) {
      return found as Exclude<T, undefined | null | false>;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** The texts of the findings of a rule, in order. */
export function texts(document: vscode.TextDocument, rule: string): string[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter((d) => ["jianggao", "待填"].includes(d.source ?? "") && (typeof d.code === "object" ? d.code.value : d.code) === rule)
    .sort((a, b) => a.range.start.compareTo(b.range.start))
    .map((d) => document.getText(d.range));
}

export async function open(name: string, content?: string): Promise<vscode.TextEditor> {
  const uri = vscode.Uri.joinPath(folder(), name);
  if (content !== undefined) {
    await vscode.workspace.fs.writeFile(uri, Buffer.from(content));
  }
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
}

export async function draft(): Promise<vscode.TextEditor> {
  const editor = await open(DRAFT);
  await until("findings", () => texts(editor.document, "numbering-duplicate").length > 0);
  return editor;
}

export function find(document: vscode.TextDocument, text: string): vscode.Position {
  const at = document.getText().indexOf(text);
  assert.ok(at >= 0, `no ${text}`);
  return document.positionAt(at);
}

export async function edit(change: (edit: vscode.WorkspaceEdit) => void): Promise<void> {
  const all = new vscode.WorkspaceEdit();
  change(all);
  assert.ok(await vscode.workspace.applyEdit(all));
}

export async function revert(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.files.revert");
}

export async function symbols(document: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
  return (await vscode.commands.executeCommand<vscode.DocumentSymbol[]>("vscode.executeDocumentSymbolProvider", document.uri)) ?? [];
}

export function names(list: vscode.DocumentSymbol[]): string[] {
  return list.flatMap((symbol) => [symbol.name, ...names(symbol.children)]);
}

export async function actions(document: vscode.TextDocument, range: vscode.Range, kind?: string): Promise<vscode.CodeAction[]> {
  // The edits of some come when they are chosen.
  return vscode.commands.executeCommand("vscode.executeCodeActionProvider", document.uri, range, kind, 50);
}

/** What F2 does; that other places want a look first is seen in the workbench. */
export async function rename(document: vscode.TextDocument, at: vscode.Position, name: string): Promise<void> {
  const change = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
    "vscode.executeDocumentRenameProvider", document.uri, at, name);
  await edit((all) => all.set(document.uri, change.get(document.uri)));
}
