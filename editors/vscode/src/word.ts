import * as path from "node:path";
import * as vscode from "vscode";
import { free, runProgram } from "./program";
import { page, rendered } from "./reports";
import type { Session } from "./session";

/** What the program says of a document, as far as it is shown. */
interface Finding {
  severity: "error" | "warning" | "information" | "hint";
  message: string;
  range: { start: Place; end: Place };
  fix: { title: string } | null;
  part: string;
  paragraph: number;
  heading: string | null;
}

interface Place {
  line: number;
  /** Characters as a reader counts them, not units of UTF-16. */
  character: number;
}

/** A document whose findings are shown. */
interface Shown {
  panel: vscode.WebviewPanel;
  html: string;
}

/** How a copy with the findings is made, and what its name ends in. */
const WAYS = { annotate: "批注", revise: "修订" } as const;
type Way = keyof typeof WAYS;

/** How much of a long line is quoted on either side of what was found. */
const NEAR = 30;

/** Findings in Word documents as a report each. The program of the server reads and writes them, on this machine. */
export class WordReports implements vscode.Disposable {
  private readonly shown = new Map<string, Shown>();

  constructor(private readonly session: Session) {}

  /** The page about a document, while it is open. */
  htmlOf(document: vscode.Uri): string | undefined {
    return this.shown.get(document.toString())?.html;
  }

  /** Shows what is found in a document; in the one that is asked for, where none is named. */
  async check(document?: vscode.Uri): Promise<void> {
    const uri = document ?? (await asked());
    if (uri === undefined) {
      return;
    }
    if (uri.scheme !== "file") {
      void vscode.window.showErrorMessage(vscode.l10n.t("讲稿: only a document on this machine can be checked."));
      return;
    }
    const markdown = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: vscode.l10n.t("讲稿: checking…") }, () =>
      this.report(uri.fsPath),
    );
    if (markdown !== undefined) {
      await this.show(uri, markdown);
    }
  }

  /** Writes a copy with the findings in it beside the document; gives its path. */
  async copy(document: vscode.Uri, way: Way): Promise<string | undefined> {
    const to = free(document.fsPath, WAYS[way]);
    if ((await runProgram(this.session, ["check", "--quiet", `--${way}`, to, document.fsPath])) === undefined) {
      return undefined;
    }
    const reveal = vscode.l10n.t("Show in Explorer");
    void vscode.window.showInformationMessage(vscode.l10n.t("讲稿: {0} is written; the document is as it was.", path.basename(to)), reveal).then((chosen) => {
      if (chosen === reveal) {
        void vscode.commands.executeCommand("revealInExplorer", vscode.Uri.file(to));
      }
    });
    return to;
  }

  dispose(): void {
    for (const { panel } of this.shown.values()) {
      panel.dispose();
    }
  }

  private async show(document: vscode.Uri, markdown: string): Promise<void> {
    const key = document.toString();
    let shown = this.shown.get(key);
    if (shown === undefined) {
      const panel = vscode.window.createWebviewPanel("jianggao.word", path.basename(document.fsPath), vscode.ViewColumn.Active, { enableScripts: true });
      shown = { panel, html: "" };
      this.shown.set(key, shown);
      panel.onDidDispose(() => this.shown.delete(key));
      panel.webview.onDidReceiveMessage(({ link }: { link: string }) => {
        if (link === "#again") {
          void this.check(document);
        } else if (link === "#annotate" || link === "#revise") {
          void this.copy(document, link.slice(1) as Way);
        }
      });
    }
    shown.html = await rendered(markdown);
    shown.panel.webview.html = page(shown.html);
    shown.panel.reveal(undefined, true);
  }

  private async report(file: string): Promise<string | undefined> {
    const [report, text] = await Promise.all([runProgram(this.session, ["check", "--format", "json", file]), runProgram(this.session, ["text", file])]);
    if (report === undefined || text === undefined) {
      return undefined;
    }
    const found = (JSON.parse(report) as { files: { diagnostics: Finding[] }[] }).files[0]?.diagnostics ?? [];
    return said(path.basename(file), found, text.split("\n"));
  }
}

async function asked(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({ filters: { Word: ["docx", "docm"] } });
  return chosen?.[0];
}

/** The findings as Markdown, each with its place and what stands there. */
function said(name: string, found: readonly Finding[], lines: readonly string[]): string {
  const links = [
    ...(found.length > 0 ? [`[${vscode.l10n.t("Write them into a copy as comments")}](#annotate)`, `[${vscode.l10n.t("Certain ones as tracked changes")}](#revise)`] : []),
    `[${vscode.l10n.t("Check again")}](#again)`,
  ];
  const count = found.length > 0 ? vscode.l10n.t("{0} findings", found.length) : vscode.l10n.t("Nothing was found.");
  const items = found.map((finding, n) => {
    const place = placeOf(finding);
    // Several findings in one paragraph stand under one heading.
    const heading = n > 0 && placeOf(found[n - 1]) === place ? "" : `### ${escaped(place)}\n\n`;
    const fix = finding.fix === null ? "" : `\n\n${vscode.l10n.t("Suggestion: {0}", escaped(finding.fix.title))}`;
    return `${heading}**${severity(finding)}** ${escaped(finding.message)}\n\n> ${quote(finding, lines)}${fix}`;
  });
  return [`# ${escaped(name)}`, `${count}　${links.join("　")}`, ...items].join("\n\n");
}

function severity({ severity }: Finding): string {
  const names = { error: vscode.l10n.t("Error"), warning: vscode.l10n.t("Warning"), information: vscode.l10n.t("Note"), hint: vscode.l10n.t("Hint") };
  return names[severity];
}

/** Word has no line numbers: the part, the paragraph, and the heading above it. */
function placeOf({ part, paragraph, heading }: Finding): string {
  const parts: Record<string, string> = {
    "text-box": vscode.l10n.t("text box"),
    footnote: vscode.l10n.t("footnote"),
    endnote: vscode.l10n.t("endnote"),
    header: vscode.l10n.t("header"),
    footer: vscode.l10n.t("footer"),
  };
  const place = [parts[part], vscode.l10n.t("paragraph {0}", paragraph + 1)].filter((text) => text !== undefined).join("，");
  return heading === null ? place : vscode.l10n.t("{0} ({1})", place, heading);
}

function quote({ range: { start, end } }: Finding, lines: readonly string[]): string {
  const characters = [...(lines[start.line] ?? "")];
  const last = end.line === start.line ? end.character : characters.length;
  const [from, to] = [Math.max(0, start.character - NEAR), Math.min(characters.length, last + NEAR)];
  const text = (a: number, b: number) => escaped(characters.slice(a, b).join(""));
  const found = text(start.character, last);
  return `${from > 0 ? "…" : ""}${text(from, start.character)}${found === "" ? "" : `<mark>${found}</mark>`}${text(last, to)}${to < characters.length ? "…" : ""}`;
}

/** As Markdown shows it, and nothing but that. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>&~$^:=]/g, (c) => `&#${c.codePointAt(0)};`);
}
