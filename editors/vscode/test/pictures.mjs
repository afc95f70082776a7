// Pictures for the READMEs: the packed extension in the workbench, light and dark.
//   node test/pictures.mjs FILE.vsix FOLDER
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { browser, start } from "./vscode.mjs";

const [vsix, folder] = process.argv.slice(2);
const DRAFT = "春耕动员会讲话.txt";
const TEXT = `时长：3分钟

在全县春耕动员会上的讲话

XX县人民政府县长　XXX

（20XX年X月X日）

同志们：

　　今天，我们在XX镇召开春耕动员会，主要任务是安排部署春耕生产。刚才，XX局通报了备耕情况，讲得都很好，我都赞成。下面，我讲三点意见。

　　一、认清形势，增强紧迫感

　　去年，全县粮食总产达到X万吨，XX县连续X年被评为先进县。但是，XX镇、XX镇还有X亩高标准农田没有建成。要增强“四个意思”，把饭碗牢牢端在自己手中。

　　二、突出重点，抓好春耕生产

　　（一）备足农资。种子、化肥要在X月X日前到位，由XX局牵头。

　　（二）修好水渠。XX县水利局要分段包干，一要抓早，二要抓细，二要抓实。

　　（四）管好田间。要突出四个重点：一是整地。二是播种。三是防虫。

　　三、加强领导，确保取得实效

　　各乡镇要负起责任，XX县督查组要跟踪问效。谢谢大家！
`;
const vscode = await start({ vsix, env: { JIANGGAO_SERVER: "", PATH: "/usr/bin:/bin" } });
writeFileSync(path.join(vscode.workspace, DRAFT), TEXT);
mkdirSync(folder, { recursive: true });
mkdirSync(path.join(vscode.workspace, ".vscode"));

function dress(theme) {
  writeFileSync(path.join(vscode.workspace, ".vscode/settings.json"), JSON.stringify({ "workbench.colorTheme": theme, "editor.minimap.enabled": false }));
}

dress("Default Light Modern");
const chromium = await browser();
const page = await chromium.newPage({ viewport: { width: 1280, height: 800 }, locale: "zh-CN" });
page.setDefaultTimeout(60_000);
const rows = (pane, text) => page.locator(`${pane} .monaco-list-row`, { hasText: text });
const picture = (name) => page.screenshot({ path: path.join(folder, `${name}.png`) });

async function command(title) {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input.input").fill(`>${title}`);
  await rows(".quick-input-widget", title).first().waitFor();
  await page.keyboard.press("Enter");
}

async function go(line, column) {
  await page.keyboard.press("Control+g");
  const input = page.locator(".quick-input-widget input.input");
  await input.fill(`:${line}:${column}`);
  await page.keyboard.press("Enter");
  await input.waitFor({ state: "hidden" });
}

/** The draft has the keys again. */
async function front() {
  await page.locator(".view-line", { hasText: "同志们" }).first().click();
}

/** A report has come that holds this. */
async function report(element) {
  await page.frameLocator("iframe.webview").frameLocator("#active-frame").locator(element).first().waitFor();
}

try {
  await page.goto(`http://127.0.0.1:${vscode.port}/?folder=${encodeURIComponent(vscode.workspace)}`);
  await rows(".explorer-folders-view", DRAFT).dblclick();
  await page.locator(".squiggly-warning").first().waitFor();
  await page.locator(".activitybar .action-label[aria-label^='讲稿']").first().click();
  await page.locator("[id='workbench.view.extension.jianggao'] .monaco-list-row").first().waitFor();
  await page.mouse.move(900, 30);
  await command("Problems: Focus on Problems View");
  await rows(".markers-panel", "编号重复").first().waitFor();
  for (const theme of ["Default Dark Modern", "Default High Contrast", "Default Light Modern"]) {
    dress(theme);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await picture(`overview-${theme.toLowerCase().replaceAll(" ", "-")}`);
  }
  await command("View: Toggle Panel Visibility");
  await page.locator(".view-line", { hasText: "同志们" }).first().click();
  await go(11, 9);
  await page.keyboard.press("Control+.");
  await page.locator(".action-widget .monaco-list-row").first().waitFor();
  await picture("menu");
  await page.keyboard.press("Escape");
  await command("讲稿: 定稿检查");
  await report("h1");
  await picture("report");
  await front();
  await command("讲稿: 统计");
  await report("table");
  await picture("statistics");
  await front();
  await command("讲稿: 试讲");
  await new Promise((resolve) => setTimeout(resolve, 16_000));
  await picture("rehearsal");
  await page.keyboard.press("Escape");
  // What somebody sees who begins.
  await command("讲稿: 新建");
  await rows(".quick-input-widget", "工作会议讲话").waitFor();
  await picture("new");
  await page.keyboard.press("Escape");
  await command("Extensions: Focus on Extensions View");
  await page.locator("[id='workbench.view.extensions'] .codicon-toolbar-more, .composite.title .codicon-toolbar-more").first().click();
  await page.locator(".context-view .action-label", { hasText: "VSIX" }).first().hover();
  await picture("install");
} catch (error) {
  await picture("failure");
  throw error;
} finally {
  await chromium.close();
  vscode.stop();
}
