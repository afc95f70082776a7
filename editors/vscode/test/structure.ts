// Outline, numbering, completion and form.
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { DRAFT, actions, draft, edit, find, names, open, revert, symbols, test, until } from "./harness";

test("symbols are a tree", async () => {
  const { document } = await draft();
  const list = await symbols(document);
  const section = list.flatMap((s) => [s, ...s.children]).find((s) => s.name === "一、提高认识，增强责任感");
  assert.ok(section, names(list).join(" | "));
  assert.ok(names(section.children).includes("（三）找准定位"), names(list).join(" | "));
  assert.ok(names(list).includes("一是抓开工"));
});

test("completion offers the next item", async () => {
  const { document } = await draft();
  const line = find(document, "一是抓开工").line;
  const start = new vscode.Position(line, document.lineAt(line).text.length - 1);
  await edit((e) => e.replace(document.uri, new vscode.Range(start, start.translate(0, 1)), "；"));
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider", document.uri, start.translate(0, 1), "；");
  const labels = list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
  assert.ok(labels.some((label) => label.startsWith("三是")), labels.join(" | "));
  await revert();
});

test("folding", async () => {
  const { document } = await draft();
  const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>("vscode.executeFoldingRangeProvider", document.uri);
  const first = find(document, "一、提高").line;
  const fold = folds.find(({ start }) => start === first);
  assert.ok(fold && fold.end >= find(document, "要发挥").line, JSON.stringify(folds));
});

test("the command to renumber", async () => {
  const { document } = await draft();
  await vscode.commands.executeCommand("jianggao.editor.renumber");
  await until("the numbers", () => document.getText().includes("（二）找准定位") && document.getText().includes("三要真抓实干"));
  await revert();
});

test("the outline of all drafts", async () => {
  const found = await vscode.commands.executeCommand<vscode.SymbolInformation[]>("vscode.executeWorkspaceSymbolProvider", "抓好落实");
  assert.ok(found.some(({ name, location }) => name.includes("二、突出重点") && location.uri.path.endsWith(DRAFT)), JSON.stringify(found));
});

test("semantic tokens, of the whole and of a part", async () => {
  const { document } = await draft();
  const legend = await vscode.commands.executeCommand<vscode.SemanticTokensLegend>("vscode.provideDocumentSemanticTokensLegend", document.uri);
  const decoded = ({ data }: vscode.SemanticTokens) => {
    const out: string[] = [];
    let [line, column] = [0, 0];
    for (let i = 0; i < data.length; i += 5) {
      column = data[i] === 0 ? column + data[i + 1] : data[i + 1];
      line += data[i];
      out.push(`${legend.tokenTypes[data[i + 3]]} ${document.getText(new vscode.Range(line, column, line, column + data[i + 2]))}`);
    }
    return out;
  };
  const whole = decoded(await vscode.commands.executeCommand("vscode.provideDocumentSemanticTokens", document.uri));
  for (const token of ["keyword 一、", "keyword （三）", "number 三点意见", "string 同志们："]) {
    assert.ok(whole.includes(token), `${token}: ${whole.join(" | ")}`);
  }
  assert.ok(whole.some((token) => /^variable XX/.test(token)), whole.join(" | "));
  const { line } = find(document, "一是抓开工");
  const part = decoded(await vscode.commands.executeCommand(
    "vscode.provideDocumentRangeSemanticTokens", document.uri, document.lineAt(line).range));
  assert.deepEqual(part, ["keyword 一是", "keyword 二是"]);
});

test("selection by clause, sentence and section", async () => {
  const { document } = await draft();
  const [chain] = await vscode.commands.executeCommand<vscode.SelectionRange[]>(
    "vscode.executeSelectionRangeProvider", document.uri, [find(document, "对标对表")]);
  const grown: string[] = [];
  for (let one: vscode.SelectionRange | undefined = chain; one !== undefined; one = one.parent) {
    grown.push(document.getText(one.range));
  }
  assert.ok(grown.some((text) => text.startsWith("二要对标对表")), grown.join(" | "));
  assert.ok(grown.includes(document.getText()), grown.join(" | "));
});

test("sections are moved and promoted, lists are renumbered", async () => {
  const { document } = await draft();
  const offered = (text: string, kind: string) => {
    const at = find(document, text);
    return actions(document, new vscode.Range(at, at), kind);
  };
  const moved = (await offered("二、突出重点", "refactor.move")).find(({ title }) => title.includes("上移"));
  assert.ok(moved?.edit);
  assert.ok(await vscode.workspace.applyEdit(moved.edit));
  assert.match(document.getText(), /一、突出重点，抓好落实\n一是抓开工[^]*二、提高认识/);
  await revert();
  const renumber = (await offered("（三）找准", "refactor.rewrite")).find(({ title }) => title.includes("重新编号"));
  assert.ok(renumber?.edit);
  assert.ok(await vscode.workspace.applyEdit(renumber.edit));
  assert.ok(document.getText().includes("（二）找准定位"));
  await revert();
});

test("formatting, of the whole, of a part, and at Enter", async () => {
  const { document } = await open("格式讲话.txt",
    "同志们：\n下面,我讲两点意见。\n一、加强学习\n要带头学,要深入学。\n二、狠抓落实\n一是抓开工。\n二是抓进度。\n");
  await until("to be read", async () => (await symbols(document)).length > 0);
  const options = { tabSize: 4, insertSpaces: true };
  const texts = (edits: vscode.TextEdit[]) => edits.map(({ range, newText }) => `${range.start.line} ${newText}`);
  const whole = await vscode.commands.executeCommand<vscode.TextEdit[]>("vscode.executeFormatDocumentProvider", document.uri, options);
  assert.deepEqual(texts(whole), ["1 ，", "3 ，"]);
  const part = await vscode.commands.executeCommand<vscode.TextEdit[]>(
    "vscode.executeFormatRangeProvider", document.uri, new vscode.Range(3, 0, 4, 0), options);
  assert.deepEqual(texts(part), ["3 ，"]);
  await edit((e) => e.insert(document.uri, new vscode.Position(6, 6), "\n"));
  const entered = await vscode.commands.executeCommand<vscode.TextEdit[]>(
    "vscode.executeFormatOnTypeProvider", document.uri, new vscode.Position(7, 0), "\n", options);
  assert.deepEqual(texts(entered), ["7 三是"]);
  await revert();
});

test("a formulation is completed by initials, and explained", async () => {
  const { document } = await draft();
  const at = document.lineAt(document.lineCount - 2).range.end;
  await edit((e) => e.insert(document.uri, at, "sgys"));
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider", document.uri, at.translate(0, 4), undefined, 5);
  const item = list.items.find(({ label }) => (typeof label === "string" ? label : label.label).includes("四个意识"));
  assert.ok(item, list.items.map(({ label }) => JSON.stringify(label)).join(" | "));
  const { documentation } = item;
  assert.match(typeof documentation === "string" ? documentation : documentation?.value ?? "", /政治意识/);
  await revert();
});
