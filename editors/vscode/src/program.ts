import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import type { Session } from "./session";

/** What the program of the server prints, run by itself; nothing where it cannot do what it is asked for, which is told. */
export function runProgram(session: Session, args: string[], input?: string): Promise<string | undefined> {
  const program = session.program();
  if (program === undefined) {
    return Promise.resolve(undefined);
  }
  return new Promise((resolve) => {
    const env = { ...process.env, LC_ALL: localeOf(vscode.env.language) };
    const child = execFile(program, args, { env, maxBuffer: 256 << 20, windowsHide: true }, (error, stdout, stderr) => {
      // 1 says that something was found.
      if (error === null || error.code === 1) {
        resolve(stdout);
      } else {
        void vscode.window.showErrorMessage(stderr.trim() || String(error.message));
        resolve(undefined);
      }
    });
    // It may refuse before it has read all.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input ?? "");
  });
}

/** The language of the messages of the program. */
function localeOf(language: string): string {
  const name = language.toLowerCase();
  return name.startsWith("zh") ? (/tw|hk|hant/.test(name) ? "zh_TW.UTF-8" : "zh_CN.UTF-8") : "en_US.UTF-8";
}

/** A name that is free, beside a file: with `what` behind its own, and perhaps another extension. */
export function free(file: string, what: string, extension = path.extname(file), isTaken: (file: string) => boolean = () => false): string {
  const { dir, name } = path.parse(file);
  const ending = what === "" ? "" : `.${what}`;
  for (let n = 1; ; n += 1) {
    const to = path.join(dir, `${name}${ending}${n === 1 ? "" : n}${extension}`);
    if (!fs.existsSync(to) && !isTaken(to)) {
      return to;
    }
  }
}
