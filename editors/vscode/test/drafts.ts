// Which documents are drafts, how settings reach them, and how the server is found.
import * as assert from "node:assert/strict";
import * as path from "node:path";
import * as vscode from "vscode";
import { locate } from "../src/locator";
import { DRAFT, draft, edit, find, folder, names, open, revert, symbols, test, texts, until } from "./harness";

test("drafts are told by their names, and other text is left alone", async () => {
  for (const [name, language] of [
    [DRAFT, "jianggao"],
    ["张局长讲稿.txt", "jianggao"],
    ["开幕致辞.txt", "jianggao"],
    ["年会.讲稿", "jianggao"],
    ["全会讲话稿.md", "markdown"],
    ["notes.txt", "plaintext"],
    ["README.md", "markdown"],
  ]) {
    const editor = await open(name, name === DRAFT ? undefined : "同志们：\n");
    assert.equal(editor.document.languageId, language, name);
  }
});

test("plain text and Markdown are read, English is not", async () => {
  const text = "同志们：\n下面，我讲两点意见。\n\n一、加强学习\nXX区要带头学、深入学。\n\n二、狠抓落实\n各部门要履职尽责。\n";
  const plain = await open("草稿.txt", text);
  assert.equal(plain.document.languageId, "plaintext");
  await until("findings in plain text", () => texts(plain.document, "placeholder").includes("XX区") || texts(plain.document, "placeholder").includes("XX"));
  const english = await open("english.txt", "Chapter XX\n1. One\n1. Two\n");
  await open(DRAFT);
  assert.deepEqual(vscode.languages.getDiagnostics(english.document.uri).filter((d) => d.source === "jianggao"), []);
});

test("the outline of Markdown has every heading once", async () => {
  const { document } = await open("会议材料.md", "# 在动员会上的讲话\n\n同志们：\n\n## 一、提高认识\n\n（一）看清形势\n\n形势逼人。\n\n（二）明确任务\n\n任务不轻。\n\n## 二、抓好落实\n\n一是抓学习；二是抓考核。\n");
  assert.equal(document.languageId, "markdown");
  // Both are there: the symbols of Markdown, and ours.
  const all = await until("symbols", async () => {
    const list = names(await symbols(document));
    return list.some((n) => n.includes("（二）")) && list.some((n) => n.includes("二、抓好落实")) && list;
  });
  for (const heading of ["一、提高认识", "二、抓好落实", "在动员会上的讲话", "（一）看清形势"]) {
    assert.equal(all.filter((name) => name.includes(heading)).length, 1, `${heading}: ${all.join(" | ")}`);
  }
});

test("a saved settings file is in force", async () => {
  const { document } = await draft();
  const settings = vscode.Uri.joinPath(folder(), "jianggao.toml");
  await vscode.workspace.fs.writeFile(settings, Buffer.from('[rules]\nnumbering-duplicate = "off"\n'));
  await until("fewer findings", () => texts(document, "numbering-duplicate").length === 0);
  await vscode.workspace.fs.delete(settings);
  await until("the finding again", () => texts(document, "numbering-duplicate").length === 1);
});

test("a settings file is read while it is written", async () => {
  const { document } = await open("jianggao.toml", '[rules]\nplaceholder = "of"\n');
  const found = await until("the finding", () =>
    vscode.languages.getDiagnostics(document.uri).find(({ source }) => source === "jianggao"));
  assert.match(document.getText(found.range), /of/);
  const at = find(document, "of").translate(0, 1);
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider", document.uri, at);
  const labels = list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
  assert.ok(labels.includes("off"), labels.join(" | "));
  await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
  await vscode.workspace.fs.delete(document.uri);
});

test("findings in drafts that are not open", async () => {
  await draft();
  const closed = vscode.Uri.joinPath(folder(), "没有打开的讲话.txt");
  await vscode.workspace.fs.writeFile(closed, Buffer.from("同志们：\n我讲两点意见。\n一、抓学习\n一要学深，一要悟透，三要做实。\n二、抓落实\n"));
  await until("findings", () => vscode.languages.getDiagnostics(closed).some(({ source }) => source === "jianggao"));
  await vscode.workspace.fs.delete(closed);
});

test("a pasted speech is known, whatever the editor takes it for", async () => {
  const text = "同志们：\n下面，我讲两点意见。\n\n一、加强学习\nXX区要带头学、深入学，各部门要认真履职尽责，切实把各项工作抓紧抓实抓好。\n\n二、狠抓落实\n各部门要履职尽责，一件一件抓落实。\n";
  const opened = await vscode.workspace.openTextDocument({ language: "ini", content: text });
  await vscode.window.showTextDocument(opened);
  const known = () => vscode.workspace.textDocuments.find((d) => d.uri.toString() === opened.uri.toString());
  await until("the language", () => known()?.languageId === "jianggao");
  await until("findings", () => texts(known()!, "placeholder").length > 0);
  // What the writer changes back stays.
  await vscode.languages.setTextDocumentLanguage(known()!, "plaintext");
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.equal(known()?.languageId, "plaintext");
  await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  const code = await vscode.workspace.openTextDocument({ language: "ini", content: "[section]\nname = value\nother = 值\n" });
  await vscode.window.showTextDocument(code);
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal(code.languageId, "ini");
  await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
});

test("a speech in Markdown stays Markdown", async () => {
  const { document } = await open("春耕讲话稿.md", "# 在春耕动员会上的讲话\n\n同志们：\n\nXX区要带头。\n");
  assert.equal(document.languageId, "markdown");
  await until("findings", () => texts(document, "placeholder").length > 0);
});

test("what is closed is no longer among the problems", async () => {
  const { document } = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "jianggao", content: "同志们：\n请XX区带头。\n" }));
  const found = () => vscode.languages.getDiagnostics(document.uri);
  await until("findings", () => found().length > 0);
  await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  await until("their end", () => found().length === 0);
});

test("a draft whose language changes again and again is still looked at", async () => {
  const { document } = await open("换语言.txt", "同志们：\n下面，我讲两点意见。\n一、加强学习\n各部门要带头学。\n二、狠抓落实\n");
  for (const language of ["jianggao", "plaintext", "jianggao", "plaintext", "jianggao"]) {
    await vscode.languages.setTextDocumentLanguage(document, language);
  }
  await edit((all) => all.insert(document.uri, new vscode.Position(1, 0), "请XX区带头。"));
  await until("findings", () => texts(document, "placeholder").length > 0);
  await revert();
});

test("a new speech of each kind", async () => {
  for (const id of ["work-meeting", "mobilisation", "commendation", "symposium", "integrity", "greeting", "host", "statement"]) {
    await vscode.commands.executeCommand("jianggao.editor.newDraft", id);
    const editor = await until("the editor", () => vscode.window.activeTextEditor?.document.isUntitled && vscode.window.activeTextEditor);
    assert.equal(editor.document.languageId, "jianggao");
    assert.match(path.basename(editor.document.uri.path), /\.txt$/);
    assert.match(editor.document.getText(editor.selection), /^【[^】]+】$/);
    await until("what is open", () => texts(editor.document, "placeholder").length > 3);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await until("its end", () => vscode.window.activeTextEditor !== editor);
  }
});

test("the server is restarted", async () => {
  const { document } = await draft();
  await vscode.commands.executeCommand("jianggao.editor.restartServer");
  await until("findings", () => texts(document, "numbering-duplicate").length === 1);
  assert.ok((await symbols(document)).length > 0);
});

test("the log is shown", async () => {
  await vscode.commands.executeCommand("jianggao.editor.showLog");
});

test("plain text is left alone when the setting says so", async () => {
  const { document } = await open("草稿.txt");
  await until("findings", () => texts(document, "placeholder").length > 0);
  const enable = vscode.workspace.getConfiguration("jianggao.enable");
  await enable.update("plaintext", false, vscode.ConfigurationTarget.Global);
  await until("no findings", () => texts(document, "placeholder").length === 0);
  await enable.update("plaintext", undefined, vscode.ConfigurationTarget.Global);
  await until("findings again", () => texts(document, "placeholder").length > 0);
});

test("the manifest", () => {
  const extension = vscode.extensions.getExtension("jianggao.jianggao")!;
  const manifest = extension.packageJSON;
  const titles = manifest.contributes.commands.map((c: { title: unknown }) => JSON.stringify(c.title));
  assert.ok(titles.every((title: string) => !title.includes("%")), titles.join());
  for (const title of ["重新编号", "下一处占位符", "占位符清单", "定稿检查", "统计", "重启服务器", "显示日志"]) {
    assert.ok(titles.some((t: string) => t.includes(title)), `${title}: ${titles.join()}`);
  }
});

test("the program is looked for in order", () => {
  const places = { environment: undefined, setting: "", extension: "/ext", path: "/a:/b", platform: "linux" as const };
  const bundled = path.join("/ext", "server", "jianggao");
  const there = (...files: string[]) => (file: string) => files.includes(file);
  const all = there("/e", "/s", bundled, "/b/jianggao");
  assert.deepEqual(locate({ ...places, environment: "/e", setting: "/s" }, all), { program: "/e", from: "environment" });
  assert.deepEqual(locate({ ...places, setting: "/s" }, all), { program: "/s", from: "setting" });
  assert.deepEqual(locate(places, all), { program: bundled, from: "bundled" });
  assert.deepEqual(locate(places, there("/b/jianggao")), { program: "/b/jianggao", from: "path" });
  assert.deepEqual(locate({ ...places, setting: "/gone" }, all), { missing: "/gone" });
  assert.deepEqual(locate(places, there()), { missing: undefined });
});
