import * as fs from "node:fs";
import * as path from "node:path";

/** Where the program of the server may be. */
export interface Places {
  /** The environment variable `JIANGGAO_SERVER`. */
  environment: string | undefined;
  /** The setting `jianggao.server.path`. */
  setting: string;
  /** The folder of this extension. */
  extension: string;
  /** The search path. */
  path: string | undefined;
  platform: NodeJS.Platform;
}

export type Located =
  | { program: string; from: "environment" | "setting" | "bundled" | "path" }
  | { missing: string | undefined };

/**
 * Finds the program: environment, setting, bundled, search path. What somebody has named counts even
 * where it is missing: another program than the one named would puzzle.
 */
export function locate(places: Places, exists: (file: string) => boolean = isFile): Located {
  const named = [
    { program: places.environment ?? "", from: "environment" },
    { program: places.setting.trim(), from: "setting" },
  ] as const;
  for (const place of named) {
    if (place.program !== "") {
      return exists(place.program) ? place : { missing: place.program };
    }
  }
  const name = places.platform === "win32" ? "jianggao.exe" : "jianggao";
  const bundled = path.join(places.extension, "server", name);
  if (exists(bundled)) {
    return { program: bundled, from: "bundled" };
  }
  const delimiter = places.platform === "win32" ? ";" : ":";
  for (const folder of (places.path ?? "").split(delimiter)) {
    const program = path.join(folder, name);
    if (folder !== "" && exists(program)) {
      return { program, from: "path" };
    }
  }
  return { missing: undefined };
}

function isFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}
