import * as vscode from "vscode";
import type { Session } from "./session";

/** The scheme of the pages about the rules. They come from the server, which has them in itself. */
export const SCHEME = "jianggao-rule";

/** Shows the page that a finding links to. */
export class Pages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

  constructor(private readonly session: Session) {}

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string | undefined> {
    return (await this.session.request<{ text: string }>("workspace/textDocumentContent", { uri: uri.toString() }))?.text;
  }

  dispose(): void {
    this.registration.dispose();
  }
}
