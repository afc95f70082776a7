import * as vscode from "vscode";
import { Pages } from "./pages";
import { PlaceholderView, goToNext, pick } from "./placeholders";
import { Printing } from "./printing";
import { Recognition } from "./recognition";
import { Rehearsal } from "./rehearsal";
import { Reports } from "./reports";
import { Session, languages } from "./session";
import { StatusBar } from "./statusbar";
import { newDraft, openExample } from "./templates";
import { DraftView, faults, outline, problems, progress } from "./views";
import { WordReports } from "./word";

/** The commands of the server that answer with a report. */
const REPORTS = { why: "jianggao.why", placeholderList: "jianggao.placeholders", finalCheck: "jianggao.finalCheck", statistics: "jianggao.statistics" };
type ReportName = keyof typeof REPORTS;

/** What tests look at. */
export interface Api {
  reports: Reports;
  word: WordReports;
  printing: Printing;
  rehearsal: Rehearsal;
}

export function activate(context: vscode.ExtensionContext): Api {
  const session = new Session(context);
  const reports = new Reports(session);
  const word = new WordReports(session);
  const printing = new Printing(session, context.globalStorageUri);
  const rehearsal = new Rehearsal(session);
  const recognition = new Recognition();
  const document = () => draft()?.document;
  const bar = new StatusBar(session, document);
  const view = new PlaceholderView(session, document);
  const views = [
    new DraftView("jianggao.problems", document, problems, true),
    new DraftView("jianggao.outline", document, outline),
    new DraftView("jianggao.progress", document, progress(session)),
  ];
  const titles: Record<ReportName, string> = {
    why: vscode.l10n.t("Why this verdict"),
    placeholderList: vscode.l10n.t("Placeholders"),
    finalCheck: vscode.l10n.t("Final check"),
    statistics: vscode.l10n.t("Statistics"),
  };

  function refresh(): void {
    void setContext("draft", draft() !== undefined);
    tellFaults();
    void bar.refresh();
  }

  function tellFaults(): void {
    const shown = document();
    void setContext("faults", shown !== undefined && faults(shown).length > 0);
  }

  async function report(name: ReportName, of?: vscode.TextDocument): Promise<void> {
    const editor = draft();
    const document = of ?? editor?.document;
    if (document !== undefined) {
      const { line, character } = editor?.selection.active ?? new vscode.Position(0, 0);
      await reports.show(REPORTS[name], titles[name], document, name === "why" ? { line, character } : {});
    }
  }

  // What a lens or an action of the server asks for is shown as a report, not said once more.
  session.report = (command, uri) => {
    const name = (Object.keys(REPORTS) as ReportName[]).find((name) => REPORTS[name] === command);
    const shown = vscode.workspace.textDocuments.find((document) => document.uri.toString() === vscode.Uri.parse(uri).toString());
    if (name === undefined || shown === undefined) {
      return false;
    }
    void report(name, shown);
    return true;
  };

  context.subscriptions.push(
    session,
    reports,
    word,
    rehearsal,
    new Pages(session),
    bar,
    view,
    ...views,
    recognition,
    bar.onDidCount(() => {
      view.refresh();
      views.forEach((view) => view.refresh());
    }),
    bar.onDidRecognize((document) => void recognition.isOfficial(document)),
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
      void reports.refresh(uris);
      tellFaults();
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
    command("placeholderList", () => report("placeholderList")),
    command("fixAll", () => withDraft((editor) => applyAction(editor, "source.fixAll.jianggao"))),
    command("renumber", () => withDraft((editor) => applyAction(editor, "source.renumber.jianggao"))),
    command("finalCheck", () => report("finalCheck")),
    command("why", () => report("why")),
    command("statistics", () => report("statistics")),
    command("checkWord", (document?: vscode.Uri) => word.check(document instanceof vscode.Uri ? document : undefined)),
    command("rehearse", () => withDraft((editor) => rehearsal.start(editor, false))),
    command("rehearseHere", () => withDraft((editor) => rehearsal.start(editor, true))),
    command("rehearsePause", () => rehearsal.pause()),
    command("rehearseStop", () => rehearsal.stop()),
    command("rehearseFaster", () => rehearsal.faster(1)),
    command("rehearseSlower", () => rehearsal.faster(-1)),
    command("rehearseNext", () => rehearsal.skip(1)),
    command("rehearsePrevious", () => rehearsal.skip(-1)),
    command("print", () => withDraft(({ document }) => printing.print(document))),
    command("exportWord", () => withDraft(({ document }) => printing.word(document))),
    command("openExample", () => openExample(context.extensionUri)),
    command("nextFault", () => withDraft(goToNextFault)),
    command("newDraft", (id?: string) => newDraft(session, typeof id === "string" ? id : undefined)),
    command("treatAsDraft", () => {
      const editor = vscode.window.activeTextEditor;
      return editor && vscode.languages.setTextDocumentLanguage(editor.document, "jianggao");
    }),
    vscode.commands.registerCommand("jianggao.fill", fill),
  );
  refresh();
  void session.restart();
  return { reports, word, printing, rehearsal };
}

function command(name: string, run: (...args: any[]) => unknown): vscode.Disposable {
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

/** Goes to the next thing that is wrong, round the end; what is merely open is left out. */
async function goToNextFault(editor: vscode.TextEditor): Promise<void> {
  const places = faults(editor.document).map(({ range }) => range).sort((a, b) => a.start.compareTo(b.start));
  const next = places.find(({ start }) => start.isAfter(editor.selection.active)) ?? places[0];
  if (next !== undefined) {
    editor.selection = new vscode.Selection(next.start, next.start);
    editor.revealRange(next, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    await vscode.commands.executeCommand("editor.action.showHover");
  }
}

/** 填写…: asks for what goes into the placeholder, in its place. */
async function fill(uri: string, { line, character }: { line: number; character: number }): Promise<void> {
  const at = new vscode.Position(line, character);
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection: new vscode.Range(at, at) });
  await vscode.commands.executeCommand("editor.action.rename");
}

async function withDraft(run: (editor: vscode.TextEditor) => Promise<unknown>): Promise<void> {
  const editor = draft();
  if (editor !== undefined) {
    await run(editor);
  }
}

/**
 * Does the first action of a kind. Not by the editor's own command for it: that one finds nothing when a squiggle
 * is drawn meanwhile. An answer for a text that has changed since is asked for again.
 */
async function applyAction({ document, selection }: vscode.TextEditor, kind: string): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const { version } = document;
    const [action] = await vscode.commands.executeCommand<vscode.CodeAction[]>("vscode.executeCodeActionProvider", document.uri, selection, kind, 1);
    if (document.version !== version) {
      continue;
    }
    if (action?.edit === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t("讲稿: there is nothing to change."));
      return;
    }
    if (await vscode.workspace.applyEdit(action.edit)) {
      return;
    }
  }
}
