import * as vscode from "vscode";
import { PlaceholderView, pick, placeholders, selectNext } from "./placeholders";
import { Session, languages } from "./session";

const RENUMBER = "source.renumber.jianggao";

export function activate(context: vscode.ExtensionContext): void {
  const session = new Session(context);
  const bar = vscode.window.createStatusBarItem("jianggao.placeholders", vscode.StatusBarAlignment.Right, 99);
  bar.name = vscode.l10n.t("讲稿: placeholders");
  bar.command = "jianggao.editor.goToPlaceholder";
  const view = new PlaceholderView(() => draft()?.document);

  function refresh(): void {
    const editor = draft();
    const shown = editor !== undefined && session.running;
    view.refresh();
    void setContext("draft", editor !== undefined);
    if (!shown || !vscode.workspace.getConfiguration("jianggao").get("statusBar", true)) {
      bar.hide();
      return;
    }
    const count = placeholders(editor.document.uri).length;
    // In text that is perhaps no draft there is nothing to say about nothing.
    if (count === 0 && editor.document.languageId !== "jianggao") {
      bar.hide();
      return;
    }
    bar.text = vscode.l10n.t("Placeholders {0}", count);
    bar.tooltip = count === 0 ? vscode.l10n.t("No open placeholders.") : vscode.l10n.t("List the open placeholders");
    bar.show();
  }

  function refreshSession(): void {
    void setContext("running", session.running);
    void setContext("can.renumber", offersAction(session, RENUMBER));
    void setContext("can.placeholderList", offeredCommand(session, "placeholders") !== undefined);
    void setContext("can.finalCheck", offeredCommand(session, "finalCheck") !== undefined);
    void setContext("can.statistics", offeredCommand(session, "statistics") !== undefined);
    refresh();
  }

  context.subscriptions.push(
    session,
    bar,
    vscode.window.registerTreeDataProvider("jianggao.placeholders", view),
    session.onDidChange(refreshSession),
    vscode.window.onDidChangeActiveTextEditor(refresh),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      const shown = draft()?.document.uri.toString();
      if (uris.some((uri) => uri.toString() === shown)) {
        refresh();
      }
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("jianggao.server") || change.affectsConfiguration("jianggao.enable")) {
        void session.restart();
      } else if (change.affectsConfiguration("jianggao.statusBar")) {
        refresh();
      }
    }),
    command("restartServer", () => session.restart()),
    command("showLog", () => session.showLog()),
    command("nextPlaceholder", () => {
      const editor = draft();
      if (editor !== undefined && !selectNext(editor)) {
        void vscode.window.showInformationMessage(vscode.l10n.t("No open placeholders."));
      }
    }),
    command("goToPlaceholder", async () => {
      const editor = draft();
      if (editor !== undefined) {
        await pick(editor);
      }
    }),
    command("placeholderList", () => withDraft((document) => runOnServer(session, "placeholders", document))),
    command("fixAll", () => sourceAction("source.fixAll.jianggao")),
    command("renumber", () => sourceAction(RENUMBER)),
    command("finalCheck", () => withDraft((document) => runOnServer(session, "finalCheck", document))),
    command("statistics", () => withDraft((document) => runOnServer(session, "statistics", document))),
  );
  refreshSession();
  void session.restart();
}

function command(name: string, run: () => unknown): vscode.Disposable {
  return vscode.commands.registerCommand(`jianggao.editor.${name}`, run);
}

function setContext(name: string, value: boolean): Thenable<unknown> {
  return vscode.commands.executeCommand("setContext", `jianggao.${name}`, value);
}

/** The editor in front, if the server reads what is in it. */
function draft(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor !== undefined && languages().includes(editor.document.languageId) ? editor : undefined;
}

async function withDraft(run: (document: vscode.TextDocument) => Promise<unknown>): Promise<void> {
  const editor = draft();
  if (editor !== undefined) {
    await run(editor.document);
  }
}

function sourceAction(kind: string): Thenable<unknown> {
  return vscode.commands.executeCommand("editor.action.sourceAction", { kind, apply: "first" });
}

function offersAction(session: Session, kind: string): boolean {
  const provider = session.capabilities.codeActionProvider;
  return typeof provider === "object" && (provider.codeActionKinds ?? []).includes(kind);
}

/** What the commands of the server are called here. */
const SERVER_COMMANDS = {
  placeholders: "jianggao.placeholders",
  finalCheck: "jianggao.finalCheck",
  statistics: "jianggao.statistics",
};

function offeredCommand(session: Session, name: keyof typeof SERVER_COMMANDS): string | undefined {
  const offered = session.running ? session.capabilities.executeCommandProvider?.commands : undefined;
  return offered?.find((candidate) => candidate === SERVER_COMMANDS[name]);
}

/** Runs a command of the server on a draft and shows the report that it answers with. */
async function runOnServer(session: Session, name: keyof typeof SERVER_COMMANDS, document: vscode.TextDocument): Promise<void> {
  const offered = offeredCommand(session, name);
  if (offered === undefined) {
    return;
  }
  const answer = await vscode.commands.executeCommand<{ markdown?: string } | null>(offered, document.uri.toString());
  if (typeof answer?.markdown === "string") {
    const shown = await vscode.workspace.openTextDocument({ language: "markdown", content: answer.markdown });
    await vscode.window.showTextDocument(shown, { viewColumn: vscode.ViewColumn.Beside, preview: true, preserveFocus: true });
  }
}
