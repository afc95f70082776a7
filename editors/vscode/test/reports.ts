// Reports, and what stands beside the text.
import * as assert from "node:assert/strict";
import { execFile } from "node:child_process";
import * as vscode from "vscode";
import { api, draft, find, folder, rename, revert, test, until } from "./harness";

const REPORTS = { why: "jianggao.why", placeholderList: "jianggao.placeholders", finalCheck: "jianggao.finalCheck", statistics: "jianggao.statistics" };

for (const [command, title, holds] of [
  ["placeholderList", "占位符清单", /地名（2）[^]*XX区[^]*href="#L9"/],
  ["finalCheck", "定稿检查", /还不能定稿[^]*href="#L\d+"[^]*二要/],
  ["why", "这里为什么这样判断", /第 \d+ 行为什么这样判断/],
  ["statistics", "统计", /一、提高认识，增强责任感[^]*\d+/],
] as const) {
  test(`the report ${title}`, async () => {
    const { document } = await draft();
    await vscode.commands.executeCommand(`jianggao.editor.${command}`);
    const html = () => api().reports.htmlOf(REPORTS[command]);
    assert.match(await until("the report", html), holds);
    const tab = await until("the panel", () =>
      vscode.window.tabGroups.all.flatMap((group) => group.tabs).find((tab) => tab.label.includes(title)));
    assert.ok(tab.input instanceof vscode.TabInputWebview, tab.label);
    await vscode.window.tabGroups.close(tab);
    await until("the end of it", () => html() === undefined);
    await vscode.window.showTextDocument(document);
  });
}

test("a report follows the draft", async () => {
  const { document } = await draft();
  await vscode.commands.executeCommand("jianggao.editor.placeholderList");
  const html = () => api().reports.htmlOf(REPORTS.placeholderList);
  await until("the report", () => html()?.includes("XX区"));
  await rename(document, find(document, "XX区是全市"), "临江区");
  await until("the report anew", () => html()?.includes("XX区") === false);
  await revert();
  const tab = vscode.window.tabGroups.all.flatMap((group) => group.tabs).find((tab) => tab.label.includes("占位符清单"));
  await vscode.window.tabGroups.close(tab!);
});

test("a lens shows the report, and says nothing twice", async () => {
  const { document } = await draft();
  await vscode.commands.executeCommand("jianggao.statistics", document.uri.toString());
  await until("the report", () => api().reports.htmlOf(REPORTS.statistics));
});

test("inlay hints, and lenses where they are wanted", async () => {
  const { document } = await draft();
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>("vscode.executeInlayHintProvider", document.uri, all);
  const labels = hints.map(({ label }) => String(label));
  assert.ok(labels.includes("3/3") && labels.some((label) => /^全文 \d+ 字/.test(label)), labels.join(" | "));
  const lenses = async () =>
    (await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri)).map((lens) => lens.command?.title ?? "");
  assert.deepEqual(await lenses(), []);
  const settings = vscode.workspace.getConfiguration("jianggao");
  await settings.update("codeLens", true, vscode.ConfigurationTarget.Global);
  await until("lenses", async () => (await lenses()).some((title) => /^\d+ 字 · /.test(title)));
  await settings.update("codeLens", undefined, vscode.ConfigurationTarget.Global);
});

/** The program in a terminal of the editor's own: the editor that is tested here has none of the system's. */
function inTerminal(...args: string[]): vscode.CustomExecution {
  return new vscode.CustomExecution(async () => {
    const written = new vscode.EventEmitter<string>();
    const closed = new vscode.EventEmitter<number>();
    const open = () =>
      execFile(process.env.JIANGGAO_SERVER!, args, { cwd: folder().fsPath }, (error, output) => {
        written.fire(output.replaceAll("\n", "\r\n"));
        closed.fire(Number(error?.code ?? 0));
      });
    return { onDidWrite: written.event, onDidClose: closed.event, open, close: () => undefined };
  });
}

test("a task puts what it finds into the panel", async () => {
  const uri = vscode.Uri.joinPath(folder(), "任务讲话.txt");
  await vscode.workspace.fs.writeFile(uri, Buffer.from("同志们：\n下面，我讲三点意见。\n一、提高认识\n要学。\n二、压实责任\n要干。\n"));
  const check = inTerminal("check", "--format", "github", "任务讲话.txt");
  const [workspace] = vscode.workspace.workspaceFolders!;
  await vscode.tasks.executeTask(new vscode.Task({ type: "jianggao" }, workspace, "检查稿件", "tests", check, "$jianggao"));
  // The server's own have the code of their rule.
  const found = await until("the findings", () => {
    const found = vscode.languages.getDiagnostics(uri).filter(({ code, source }) => source === "jianggao" && !code);
    return found.length > 0 && found;
  });
  assert.deepEqual(found.map(({ message, range }) => [message.includes("三点"), range.start.line]), [[true, 1]]);
  assert.equal(found[0].severity, vscode.DiagnosticSeverity.Warning);
});
