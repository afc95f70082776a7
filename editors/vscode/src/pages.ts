import * as vscode from "vscode";
import { PAGES, type Session } from "./session";

/** Shows the page that a finding links to. */
export class Pages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(PAGES, this);

  constructor(private readonly session: Session) {}

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string | undefined> {
    return (await this.session.request<{ text: string }>("workspace/textDocumentContent", { uri: uri.toString() }))?.text;
  }

  dispose(): void {
    this.registration.dispose();
  }
}
