import * as path from "node:path";
import * as vscode from "vscode";
import type { Session } from "./session";

/** What a report of the server says. */
interface Answer {
  markdown: string;
}

/** A report that is shown, and how it is asked for again. */
interface Shown {
  panel: vscode.WebviewPanel;
  document: vscode.TextDocument;
  more: object;
  markdown: string;
  html: string;
}

/** The reports of the server beside the draft: places in them are links, and they follow the draft while they are open. */
export class Reports implements vscode.Disposable {
  private readonly shown = new Map<string, Shown>();
  private readonly changed = new vscode.EventEmitter<string>();
  /** A report has another text, of the command that is named. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly session: Session) {}

  /** The page of the report of a command, while it is open. */
  htmlOf(command: string): string | undefined {
    return this.shown.get(command)?.html;
  }

  async show(command: string, title: string, document: vscode.TextDocument, more: object): Promise<void> {
    let shown = this.shown.get(command);
    if (shown === undefined) {
      const panel = vscode.window.createWebviewPanel("jianggao.report", title, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, { enableScripts: true });
      shown = { panel, document, more, markdown: "", html: "" };
      this.shown.set(command, shown);
      panel.onDidDispose(() => this.shown.delete(command));
      panel.webview.onDidReceiveMessage(({ link }: { link: string }) => {
        const line = /^#L(\d+)$/.exec(link)?.[1];
        if (link === "#save") {
          void this.save(command);
        }
        if (line !== undefined) {
          void goTo(this.shown.get(command)?.document ?? document, Number(line) - 1);
        }
      });
    }
    Object.assign(shown, { document, more });
    shown.panel.title = title;
    shown.panel.reveal(undefined, true);
    await this.fill(command, shown);
  }

  /** The findings in a draft are others: what is shown of it is asked for again. */
  async refresh(uris: readonly vscode.Uri[]): Promise<void> {
    const changed = new Set(uris.map(String));
    for (const [command, shown] of this.shown) {
      if (changed.has(shown.document.uri.toString()) && shown.panel.visible) {
        await this.fill(command, shown);
      }
    }
  }

  /** Writes a report as it is now into a file, which is asked for where none is named; gives the file. */
  async save(command: string, file?: vscode.Uri): Promise<vscode.Uri | undefined> {
    const shown = this.shown.get(command);
    if (shown === undefined) {
      return undefined;
    }
    const draft = shown.document.uri;
    const name = path.basename(draft.path);
    const beside = vscode.Uri.joinPath(draft.scheme === "file" ? draft : vscode.Uri.file("/"), "..", `${path.parse(name).name}.${shown.panel.title}.html`);
    const to = file ?? (await vscode.window.showSaveDialog({ defaultUri: beside, filters: { HTML: ["html"], Markdown: ["md"] } }));
    if (to !== undefined) {
      // There the places are words, or lead into the draft beside.
      const links = (into: string) => shown.markdown.replace(/\]\((#L\d+)\)/g, `](${into}$1)`);
      const text = to.path.endsWith(".md") ? links(encodeURI(name)) : page((await rendered(shown.markdown)).replace(/<a [^>]*>(.*?)<\/a>/gs, "$1"), false);
      await vscode.workspace.fs.writeFile(to, Buffer.from(text));
    }
    return to;
  }

  private async fill(command: string, shown: Shown): Promise<void> {
    const answer = await this.session.run<Answer>(command, shown.document, { ...shown.more, quiet: true, report: true });
    if (answer === undefined) {
      return;
    }
    const body = await rendered(answer.markdown);
    if (body !== shown.html) {
      shown.html = body;
      shown.markdown = answer.markdown;
      shown.panel.webview.html = page(`<nav><a href="#save">${vscode.l10n.t("Save as…")}</a></nav>${body}`);
      this.changed.fire(command);
    }
  }

  dispose(): void {
    for (const { panel } of this.shown.values()) {
      panel.dispose();
    }
    this.changed.dispose();
  }
}

/** Markdown as HTML, by the extension that comes with the editor; as it is without that. */
export async function rendered(markdown: string): Promise<string> {
  try {
    return await vscode.commands.executeCommand<string>("markdown.api.render", markdown);
  } catch {
    const escaped = markdown.replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c]!);
    return `<pre>${escaped.replace(/\[([^\]]*)\]\((#\w+)\)/g, '<a href="$2">$1</a>')}</pre>`;
  }
}

/** A page that shows a report; one that is live says which of the links within it was followed. */
export function page(body: string, isLive = true): string {
  const script = `<script>
const api = acquireVsCodeApi();
document.addEventListener("click", (event) => {
  const link = /#\\w+$/.exec(event.target.closest("a")?.getAttribute("href") ?? "");
  if (link) { event.preventDefault(); api.postMessage({ link: link[0] }); }
});
</script>`;
  return `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<style>
body { font-size: var(--vscode-editor-font-size); line-height: 1.7; max-width: 60em; }
table { border-collapse: collapse; } th, td { padding: .2em .8em; border-bottom: 1px solid var(--vscode-widget-border, #8884); text-align: left; }
th, td[style*="right"] { white-space: nowrap; }
h1 { font-size: 1.5em; } h2 { font-size: 1.2em; }
a { color: var(--vscode-textLink-foreground); }
nav { float: right; }
mark { color: inherit; background: var(--vscode-editor-findMatchHighlightBackground, #fc06); }
h3 { margin-bottom: .2em; }
</style></head><body>${body}
${isLive ? script : ""}</body></html>`;
}

/** Shows a line of a draft, and puts the cursor there. */
export async function goTo(document: vscode.TextDocument, line: number): Promise<void> {
  const column = vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.viewColumn;
  const place = new vscode.Range(line, 0, line, 0);
  await vscode.window.showTextDocument(document, { selection: place, ...(column === undefined ? {} : { viewColumn: column }) });
}
