import * as vscode from "vscode";
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
  const document = await vscode.workspace.openTextDocument({ language: "jianggao", content: chosen.template.text });
  const editor = await vscode.window.showTextDocument(document);
  const field = /【[^】]*】/.exec(document.getText());
  if (field !== null) {
    editor.selection = new vscode.Selection(document.positionAt(field.index), document.positionAt(field.index + field[0].length));
  }
}

/** A draft with something of everything that is found, to try the commands on. */
export async function openExample(extension: vscode.Uri): Promise<void> {
  const text = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, "walkthrough", "example.txt"));
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "jianggao", content: new TextDecoder().decode(text) }));
}
