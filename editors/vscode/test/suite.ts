// Runs inside VS Code's extension host.
import { tests } from "./harness";
import "./drafts";
import "./findings";
import "./structure";
import "./placeholders";
import "./reports";
import "./speaking";
import "./word";

export async function run(): Promise<void> {
  let failed = 0;
  for (const [name, body] of tests) {
    try {
      await body();
      console.log(`ok - vscode: ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`not ok - vscode: ${name}`);
      console.log(`# ${String((error as Error).stack ?? error).replaceAll("\n", "\n# ")}`);
    }
  }
  if (failed > 0) {
    throw new Error(`${failed} failed`);
  }
}
