// Mode B: what a person sees. The packed extension, with its own server, in the workbench.
//   node test/workbench.mjs FILE.vsix [FOLDER FOR PICTURES]
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { browser, start } from "./vscode.mjs";

const [vsix, pictures = process.env.JIANGGAO_PICTURES] = process.argv.slice(2);
const DRAFT = "工作推进会讲话.txt";
// Nothing but what is in the package.
const vscode = await start({ vsix, env: { JIANGGAO_SERVER: "", PATH: "/usr/bin:/bin" } });
writeFileSync(path.join(vscode.workspace, "notes.txt"), "Chapter XX\n1. One\n1. Two\n");
const chromium = await browser();
const page = await chromium.newPage({ viewport: { width: 1280, height: 760 }, locale: "zh-CN" });
page.setDefaultTimeout(60_000);
let failed = 0;

async function picture(name) {
  if (pictures) {
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: path.join(pictures, `${name}.png`) });
  }
}

/** One step. The steps build on each other: after a failure the rest is not tried. */
async function step(name, run) {
  if (failed > 0) {
    return;
  }
  try {
    await run();
    console.log(`ok - workbench: ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok - workbench: ${name}`);
    console.log(`# ${String(error.stack ?? error).replaceAll("\n", "\n# ")}`);
    await picture("failure").catch(() => undefined);
  }
}

const rows = (pane, text) => page.locator(`${pane} .monaco-list-row`, { hasText: text });
const lines = page.locator(".editor-group-container .monaco-editor .view-line");

/** The text of a line as the editor shows it: it shows blanks as no-break spaces. */
const line = (text) => lines.filter({ hasText: text });

async function command(title) {
  await page.keyboard.press("F1");
  const input = page.locator(".quick-input-widget input.input");
  await input.fill(`>${title}`);
  await rows(".quick-input-widget", title).first().waitFor();
  await page.keyboard.press("Enter");
}

const text = readFileSync(path.join(vscode.workspace, DRAFT), "utf8").split("\n");

/** Puts the cursor before a text of the draft as it was in the beginning. */
async function go(before) {
  const number = text.findIndex((line) => line.includes(before));
  await line(text[number]).first().click();
  await page.keyboard.press("Control+g");
  const input = page.locator(".quick-input-widget input.input");
  await input.fill(`:${number + 1}:${text[number].indexOf(before) + 1}`);
  await page.keyboard.press("Enter");
  await input.waitFor({ state: "hidden" });
}

await step("a draft is opened and squiggles appear", async () => {
  await page.goto(`http://127.0.0.1:${vscode.port}/?folder=${encodeURIComponent(vscode.workspace)}`);
  await rows(".explorer-folders-view", DRAFT).dblclick();
  await page.locator(".squiggly-warning").first().waitFor();
});

const status = (text) => page.locator(".statusbar-item", { hasText: text });

await step("language, length and number of placeholders are in the status bar", async () => {
  await status("讲稿").first().waitFor();
  await status(/^\d+ 字 · 约 \d+ 分钟$/).waitFor();
  await status(/^占位符 4$/).waitFor();
});

await step("the outline", async () => {
  await command("Explorer: Focus on Outline View");
  await rows(".outline-pane", "一、提高认识").first().waitFor();
  // The pane shows what it has room for.
  await page.locator(".pane-header", { hasText: "稿件" }).click();
  await rows(".outline-pane", "三、加强领导").first().waitFor();
});

await step("the problems", async () => {
  await command("Problems: Focus on Problems View");
  await rows(".markers-panel", "编号重复").first().waitFor();
  await rows(".markers-panel", "占位符").first().waitFor();
});

await step("the view of placeholders", async () => {
  await page.locator(".activitybar .action-label[aria-label^='讲稿']").first().click();
  const bar = "[id='workbench.view.extension.jianggao']";
  await rows(bar, /^地名\s*2$/).waitFor();
  await rows(bar, /编号重复/).first().waitFor();
  await rows(bar, /一、提高认识/).first().waitFor();
  await picture("overview");
});

await step("a quick fix", async () => {
  await go("二要真抓");
  await picture("draft");
  await page.keyboard.press("Control+.");
  await rows(".action-widget", "三要").first().waitFor();
  await picture("quick-fix");
  await page.keyboard.press("Enter");
  await line("三要真抓实干").first().waitFor();
  await page.keyboard.press("Control+z");
  await line("二要真抓实干").first().waitFor();
});

await step("completion after words from an input method", async () => {
  await go("一是抓开工");
  await page.keyboard.press("End");
  await page.keyboard.press("Backspace");
  const devtools = await page.context().newCDPSession(page);
  for (const text of ["f", "fe", "fen"]) {
    await devtools.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  }
  await devtools.send("Input.insertText", { text: "，进度要日日看" });
  await line("进度要日日看").first().waitFor();
  await page.keyboard.insertText("；");
  await rows(".suggest-widget.visible", "三是").first().waitFor();
  await picture("completion");
  // Enter is for the next paragraph.
  await page.keyboard.press("Tab");
  await line("进度要日日看；三是").first().waitFor();
});

await step("a formulation is completed after words from an input method", async () => {
  await page.keyboard.press("End");
  const devtools = await page.context().newCDPSession(page);
  for (const text of ["s", "sige", "sigeyi"]) {
    await devtools.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  }
  await devtools.send("Input.insertText", { text: "再讲四个意" });
  await line("三是再讲四个意").first().waitFor();
  // Behind a composition the editor need not look by itself for what may follow.
  const offered = rows(".suggest-widget.visible", "四个意识").first();
  await offered.waitFor({ timeout: 2_000 }).catch(() => page.keyboard.press("Control+Space"));
  await offered.waitFor();
  await picture("formulation");
  await page.keyboard.press("Tab");
  await line("三是再讲“四个意识”").first().waitFor();
});

await step("the status bar counts while one types", async () => {
  await go("要发挥");
  await page.keyboard.insertText("X月X日，要补上短板。");
  await status(/^占位符 5$/).waitFor();
  // Both come with one answer.
  const longer = await status(/字 · 约/).innerText();
  await page.keyboard.press("Control+z");
  await status(/^占位符 4$/).waitFor();
  assert.ok(parseInt(await status(/字 · 约/).innerText()) < parseInt(longer), longer);
});

await step("a placeholder is renamed, and all its uses change", async () => {
  await go("XX区是全市");
  await page.keyboard.press("F2");
  const name = page.locator(".rename-box input");
  await name.waitFor();
  await name.fill("临江区");
  await page.keyboard.press("Enter");
  await line("临江区是全市").first().waitFor();
  await line("要发挥临江区的优势").first().waitFor();
  await status(/^占位符 2$/).waitFor();
  await command("File: Revert File");
  await line("XX区是全市").first().waitFor();
});

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

await step("a name is typed in all its places, with pauses, a composition and Backspace", async () => {
  await go("XX区是全市");
  await page.locator(".linked-editing-decoration").first().waitFor();
  await page.keyboard.press("Delete");
  await page.keyboard.press("Delete");
  await line("要发挥区的优势").first().waitFor();
  await pause(1_500);
  const devtools = await page.context().newCDPSession(page);
  for (const text of ["d", "do", "dong"]) {
    await devtools.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    await pause(300);
  }
  await devtools.send("Input.insertText", { text: "东" });
  await pause(2_500);
  await page.keyboard.insertText("胡");
  await line("要发挥东胡区的优势").first().waitFor();
  await pause(700);
  await page.keyboard.press("Backspace");
  await pause(700);
  await page.keyboard.insertText("湖");
  await line("东湖区是全市").first().waitFor();
  await line("要发挥东湖区的优势").first().waitFor();
  await picture("linked");
  // Elsewhere it is over.
  await page.keyboard.press("End");
  await page.keyboard.insertText("好");
  await line("要发挥东湖区的优势").first().waitFor();
  await command("File: Revert File");
  await line("XX区是全市").first().waitFor();
});

await step("renumbering", async () => {
  await command("讲稿: 重新编号");
  await line("（二）找准定位").first().waitFor();
  await line("三要真抓实干").first().waitFor();
  await page.keyboard.press("Control+z");
  await line("（三）找准定位").first().waitFor();
});

await step("the list of placeholders", async () => {
  await status(/占位符 \d/).click();
  await rows(".quick-input-widget", "XX区").first().waitFor();
  await picture("placeholders");
  await page.keyboard.press("Escape");
});

await step("a report beside the draft", async () => {
  await command("讲稿: 占位符清单");
  const report = page.frameLocator("iframe.webview").frameLocator("#active-frame");
  await report.locator("h2", { hasText: "地名（2）" }).waitFor();
  await report.locator("td", { hasText: "XX区" }).first().waitFor();
  await status(/占位符 \d/).waitFor();
  await picture("report");
  // A place in it is a way there.
  await report.locator('a[href="#L9"]').first().click();
  await page.locator(".statusbar-item", { hasText: /(行|Ln) 9/ }).first().waitFor();
});

await step("a pasted draft in a new tab is one, whatever the editor guesses", async () => {
  await command("File: New Untitled Text File");
  await page.locator(".editor-group-container.active .monaco-editor").first().click();
  await page.keyboard.insertText("在全县春耕动员会上的讲话\n\n同志们：\n下面，我讲两点意见。\n一、抓好备耕，把种子化肥备足备好\nXX区要带头。\n二、抓好灌溉，把水渠修通修好\n各乡镇要负起责任。\n");
  await status("讲稿").first().waitFor();
  await status(/^占位符 1$/).waitFor();
  await command("View: Revert and Close Editor");
});

await step("nothing is said of text that is no draft", async () => {
  await page.keyboard.press("Control+p");
  await page.locator(".quick-input-widget input.input").fill("notes.txt");
  await rows(".quick-input-widget", "notes.txt").first().click();
  await status("Plain Text").waitFor();
  await status(/占位符/).waitFor({ state: "hidden" });
  await status(/字 · /).waitFor({ state: "hidden" });
});

await chromium.close();
vscode.stop();
process.exit(failed === 0 ? 0 : 1);
