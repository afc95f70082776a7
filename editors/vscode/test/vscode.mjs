// Starts the VS Code that code-server holds, and a browser that shows it.
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const extension = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const root = process.env.VSCODE_ROOT ?? die("VSCODE_ROOT is not set: run editors/test.sh");
const PATIENCE = 60_000;

function die(message) {
  throw new Error(message);
}

const settings = {
  // The web workbench would save drafts by itself.
  "files.autoSave": "off",
  "editor.linkedEditing": true,
  "workbench.startupEditor": "none",
  "git.enabled": false,
  "telemetry.telemetryLevel": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.tips.enabled": false,
};

/** A server with its own data, and a copy of the drafts to work on. */
export async function start({ env = {}, vsix } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), "jianggao-vscode-"));
  const workspace = path.join(folder, "稿件");
  mkdirSync(path.join(folder, "data/User"), { recursive: true });
  writeFileSync(path.join(folder, "data/User/settings.json"), JSON.stringify(settings));
  // An empty language pack is enough to have the Chinese texts of the extension. A pack with no
  // extension would keep all extensions from being found.
  const pack = path.join(folder, "zh-cn.json");
  writeFileSync(pack, JSON.stringify({ "": [], version: "1.0.0", contents: {} }));
  writeFileSync(
    path.join(folder, "data/languagepacks.json"),
    JSON.stringify({
      "zh-cn": {
        hash: "0",
        label: "中文",
        extensions: [{ extensionIdentifier: { id: "test.zh-cn" }, version: "0.0.1" }],
        translations: { vscode: pack },
      },
    }),
  );
  const drafts = path.join(extension, "../test");
  cpSync(drafts, workspace, { recursive: true, filter: (file) => file === drafts || file.endsWith(".txt") });
  const main = path.join(root, "out/server-main.js");
  const data = ["--server-data-dir", folder, "--accept-server-license-terms"];
  const environment = { ...process.env, EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...env };
  if (vsix !== undefined) {
    await ended(spawn(process.execPath, [main, "--install-extension", vsix, ...data], { env: environment, stdio: "ignore" }));
  }
  const server = spawn(
    process.execPath,
    [main, "--host", "127.0.0.1", "--port", "0", "--without-connection-token", ...data, "--telemetry-level", "off",
      "--disable-workspace-trust", "--enable-smoke-test-driver", "--locale", "zh-cn"],
    { env: environment, detached: true },
  );
  const port = await new Promise((resolve, reject) => {
    let said = "";
    const timer = setTimeout(() => reject(new Error(`VS Code does not start:\n${said}`)), PATIENCE);
    const listen = (chunk) => {
      said += chunk;
      const bound = /Server bound to 127\.0\.0\.1:(\d+)/.exec(said);
      if (bound) {
        clearTimeout(timer);
        resolve(Number(bound[1]));
      }
    };
    server.stdout.on("data", listen);
    server.stderr.on("data", listen);
  });
  return {
    port,
    workspace,
    stop() {
      // The group: the watcher of files outlives its parent.
      process.kill(-server.pid);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

function ended(child) {
  return new Promise((resolve, reject) => {
    child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`${child.spawnfile} ended with ${code}`))));
  });
}

export function browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--lang=zh-CN"],
  });
}

/** Runs a bundled test file inside the extension host; gives the lines it logged. */
export async function runInHost(page, { port, workspace }, tests) {
  const remote = (file) => `vscode-remote://127.0.0.1:${port}${file}`;
  const lines = [];
  const done = new Promise((resolve) => page.exposeFunction("codeAutomationExit", resolve));
  await page.exposeFunction("codeAutomationLog", (_type, args) => {
    const line = args.join(" ");
    lines.push(line);
    if (/^(ok|not ok|#)/.test(line)) {
      console.log(line);
    }
  });
  const payload = JSON.stringify([
    ["extensionDevelopmentPath", remote(extension)],
    ["extensionTestsPath", remote(tests)],
    ["skipWelcome", "true"],
  ]);
  await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(workspace)}&payload=${encodeURIComponent(payload)}`);
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the tests do not end:\n${lines.join("\n")}`)), 4 * PATIENCE);
  });
  const code = await Promise.race([done, late]).finally(() => clearTimeout(timer));
  return { code, lines };
}

export function versionOf() {
  return JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")).version;
}
