import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import { free, runProgram } from "./program";
import type { Session } from "./session";

/** The draft as it is handed on: a page to read from, a Word document. The program of the server lays it out. */
export class Printing {
  constructor(
    private readonly session: Session,
    private readonly storage: vscode.Uri,
  ) {}

  /** A page in large type, shown by the browser, which prints it; gives its path. */
  async print(document: vscode.TextDocument): Promise<string | undefined> {
    // Elsewhere than on this machine no browser could open it out of sight.
    const isHere = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
    const own = path.parse(pathOf(document)).name;
    const to = isHere ? path.join(this.storage.fsPath, `${own}.html`) : free(pathOf(document), "念稿", ".html");
    if (isHere) {
      await fs.promises.mkdir(this.storage.fsPath, { recursive: true });
      await fs.promises.rm(to, { force: true });
    }
    if ((await this.export(document, to, ["--reading"])) === undefined) {
      return undefined;
    }
    if (isHere) {
      await vscode.env.openExternal(vscode.Uri.file(to));
    } else {
      tell(to);
    }
    return to;
  }

  /** A Word document beside the draft; gives its path. A draft that has no file yet asks for one. */
  async word(document: vscode.TextDocument): Promise<string | undefined> {
    const beside = free(pathOf(document), "", ".docx");
    const to = document.isUntitled
      ? (await vscode.window.showSaveDialog({ defaultUri: vscode.Uri.file(beside), filters: { Word: ["docx"] } }))?.fsPath
      : beside;
    if (to === undefined) {
      return undefined;
    }
    if (document.isUntitled) {
      // The dialog has asked whether it may go.
      await fs.promises.rm(to, { force: true });
    }
    if ((await this.export(document, to, [])) === undefined) {
      return undefined;
    }
    tell(to);
    return to;
  }

  private export(document: vscode.TextDocument, to: string, more: string[]): Promise<string | undefined> {
    const name = document.languageId === "markdown" && document.isUntitled ? `${pathOf(document)}.md` : pathOf(document);
    return runProgram(this.session, ["export", ...more, "-", "--stdin-filename", name, "-o", to], document.getText());
  }
}

/** Where the draft is, or would be. */
function pathOf(document: vscode.TextDocument): string {
  if (document.uri.scheme === "file") {
    return document.uri.fsPath;
  }
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file")?.uri.fsPath ?? os.homedir();
  return path.join(folder, `${path.basename(document.uri.path)}.txt`);
}

function tell(to: string): void {
  const reveal = vscode.l10n.t("Show in Explorer");
  const open = vscode.l10n.t("Open");
  void vscode.window.showInformationMessage(vscode.l10n.t("讲稿: {0} is written.", path.basename(to)), open, reveal).then((chosen) => {
    if (chosen === reveal) {
      void vscode.commands.executeCommand("revealInExplorer", vscode.Uri.file(to));
    } else if (chosen === open) {
      void vscode.env.openExternal(vscode.Uri.file(to));
    }
  });
}
