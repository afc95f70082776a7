import * as vscode from "vscode";

/** Text before which nothing can be said, in characters, and the share of Chinese ones in a draft. */
const SHORTEST = 30;
const SHARE = 0.5;
/** How much of a text is looked at, in lines. */
const LOOKED_AT = 60;

/**
 * Gives drafts the language of drafts, whatever the editor has taken them for: a pasted speech is “Ini” to it. Each document
 * once: what a writer changes back stays as it is.
 */
export class Recognition implements vscode.Disposable {
  /** A change of language leaves a document what it is; one that is opened again, under the same name too, is another. */
  private readonly seen = new WeakSet<vscode.TextDocument>();
  private readonly registrations: vscode.Disposable[];

  constructor() {
    const look = (document: vscode.TextDocument) => void this.look(document);
    this.registrations = [
      vscode.workspace.onDidOpenTextDocument(look),
      vscode.workspace.onDidChangeTextDocument(({ document }) => document.isUntitled && look(document)),
    ];
    vscode.workspace.textDocuments.forEach(look);
  }

  /** The server says of a document that the editor takes for plain text that it is a speech. */
  async isOfficial(document: vscode.TextDocument): Promise<void> {
    if (document.languageId === "plaintext") {
      await this.claim(document);
    }
  }

  private async look(document: vscode.TextDocument): Promise<void> {
    const isOpen = ["jianggao", "plaintext", "markdown"].includes(document.languageId);
    if (document.isUntitled && !isOpen && isChinese(document)) {
      await this.claim(document);
    }
  }

  private async claim(document: vscode.TextDocument): Promise<void> {
    if (!document.isClosed && !this.seen.has(document) && vscode.workspace.getConfiguration("jianggao").get("recognize", true)) {
      this.seen.add(document);
      await vscode.languages.setTextDocumentLanguage(document, "jianggao");
    }
  }

  dispose(): void {
    this.registrations.forEach((registration) => registration.dispose());
  }
}

/** Whether the text is Chinese prose for the most part. */
export function isChinese(document: vscode.TextDocument): boolean {
  const text = document.getText(new vscode.Range(0, 0, LOOKED_AT, 0)).replace(/\s/gu, "");
  const han = text.match(/[\p{Script=Han}，。、；：“”（）]/gu)?.length ?? 0;
  return text.length >= SHORTEST && han >= text.length * SHARE;
}
