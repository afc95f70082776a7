import * as vscode from "vscode";
import { Pages } from "./pages";
import { PlaceholderView, goToNext, pick } from "./placeholders";
import { Reports } from "./reports";
import { Session, languages } from "./session";
import { StatusBar } from "./statusbar";

/** The commands of the server that answer with a report. */
const REPORTS = { why: "jianggao.why", placeholderList: "jianggao.placeholders", finalCheck: "jianggao.finalCheck", statistics: "jianggao.statistics" };

export function activate(context: vscode.ExtensionContext): void {
  const session = new Session(context);
  const reports = new Reports();
  const document = () => draft()?.document;
  const bar = new StatusBar(session, document);
  const view = new PlaceholderView(session, document);

  function refresh(): void {
    void setContext("draft", draft() !== undefined);
    void bar.refresh();
  }

  async function report(name: keyof typeof REPORTS, title: string, more?: (editor: vscode.TextEditor) => unknown): Promise<void> {
    const editor = draft();
    const answer = editor && (await session.run<{ markdown: string }>(REPORTS[name], editor.document, more?.(editor)));
    if (editor && answer) {
      await reports.show(title, answer.markdown);
      // The writer goes on writing.
      await vscode.window.showTextDocument(editor.document, editor.viewColumn);
    }
  }

  context.subscriptions.push(
    session,
    reports,
    new Pages(session),
    bar,
    view,
    bar.onDidCount(() => view.refresh()),
    session.onDidChange(() => {
      void setContext("running", session.running);
      refresh();
    }),
    vscode.window.onDidChangeActiveTextEditor(refresh),
    vscode.workspace.onDidChangeTextDocument((change) => {
      if (change.document === document()) {
        bar.changed();
      }
    }),
    // The language of a draft may have changed, or the settings that count.
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      const shown = document()?.uri.toString();
      if (uris.some((uri) => uri.toString() === shown)) {
        bar.changed();
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
    command("nextPlaceholder", () => withDraft((editor) => goToNext(session, editor))),
    command("goToPlaceholder", () => withDraft((editor) => pick(session, editor))),
    command("placeholderList", () => report("placeholderList", vscode.l10n.t("Placeholders"))),
    command("fixAll", () => sourceAction("source.fixAll.jianggao")),
    command("renumber", () => sourceAction("source.renumber.jianggao")),
    command("finalCheck", () => report("finalCheck", vscode.l10n.t("Final check"))),
    command("why", () => report("why", vscode.l10n.t("Why this verdict"), ({ selection: { active } }) => ({ line: active.line, character: active.character, quiet: true }))),
    command("statistics", () => report("statistics", vscode.l10n.t("Statistics"))),
  );
  refresh();
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

async function withDraft(run: (editor: vscode.TextEditor) => Promise<unknown>): Promise<void> {
  const editor = draft();
  if (editor !== undefined) {
    await run(editor);
  }
}

function sourceAction(kind: string): Thenable<unknown> {
  return vscode.commands.executeCommand("editor.action.sourceAction", { kind, apply: "first" });
}
