import * as path from "node:path";
import * as vscode from "vscode";
import { free } from "./program";
import type { Session } from "./session";

/** A skeleton of a speech, as the server has it. */
interface Template {
  id: string;
  name: string;
  text: string;
}

/** 新建…: a new draft from one of the server's skeletons, with the first field selected. */
export async function newDraft(session: Session, id?: string): Promise<void> {
  const templates = (await session.request<Template[]>("workspace/executeCommand", { command: "jianggao.templates", arguments: [] })) ?? [];
  const items = templates.map((template) => ({ label: template.name, template }));
  const chosen = id === undefined ? await vscode.window.showQuickPick(items, { title: vscode.l10n.t("What is to be written?") }) : items.find(({ template }) => template.id === id);
  if (chosen === undefined) {
    return;
  }
  const editor = await vscode.window.showTextDocument(await untitled(chosen.template.name, chosen.template.text));
  const { document } = editor;
  const field = /【[^】]*】/.exec(document.getText());
  if (field !== null) {
    editor.selection = new vscode.Selection(document.positionAt(field.index), document.positionAt(field.index + field[0].length));
  }
}

/**
 * A new draft. In a folder it has a name already, with an extension that every program knows; without one the editor asks for both when it
 * is saved.
 */
async function untitled(name: string, text: string): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file")?.uri.fsPath;
  if (folder === undefined) {
    return vscode.workspace.openTextDocument({ language: "jianggao", content: text });
  }
  const isOpen = (file: string) => vscode.workspace.textDocuments.some(({ uri }) => uri.fsPath === file);
  const uri = vscode.Uri.file(free(path.join(folder, `${name}.txt`), "", ".txt", isOpen)).with({ scheme: "untitled" });
  const document = await vscode.languages.setTextDocumentLanguage(await vscode.workspace.openTextDocument(uri), "jianggao");
  const content = new vscode.WorkspaceEdit();
  content.insert(document.uri, new vscode.Position(0, 0), text);
  await vscode.workspace.applyEdit(content);
  return document;
}

/** A draft with something of everything that is found, to try the commands on. */
export async function openExample(extension: vscode.Uri): Promise<void> {
  const text = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, "walkthrough", "example.txt"));
  await vscode.window.showTextDocument(await untitled("例稿", new TextDecoder().decode(text)));
}
