// Mode A: the features, through VS Code's own API inside its extension host.
import path from "node:path";
import { browser, extension, runInHost, start } from "./vscode.mjs";

const vscode = await start();
const chromium = await browser();
let code = 1;
try {
  const page = await chromium.newPage();
  ({ code } = await runInHost(page, vscode, path.join(extension, "dist/test/suite.js")));
} catch (error) {
  console.log("not ok - vscode: the tests ran to their end");
  console.log(`# ${String(error.stack ?? error).replaceAll("\n", "\n# ")}`);
} finally {
  await chromium.close();
  vscode.stop();
}
process.exit(code === 0 ? 0 : 1);
