import * as vscode from "vscode";
import type { Figures } from "./statusbar";
import type { Session } from "./session";

/** A line of a view of the side bar. */
interface Row {
  label: string;
  description?: string;
  tooltip?: string;
  icon?: string;
  range?: vscode.Range;
  rows?: Row[];
}

/** A view of the draft in front, made anew whenever it changes. */
export class DraftView implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly view: vscode.TreeView<Row>;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    id: string,
    private readonly draft: () => vscode.TextDocument | undefined,
    private readonly rows: (document: vscode.TextDocument) => Promise<Row[]>,
    private readonly badge = false,
  ) {
    this.view = vscode.window.createTreeView(id, { treeDataProvider: this });
  }

  refresh(): void {
    this.changed.fire();
  }

  async getChildren(row?: Row): Promise<Row[]> {
    if (row !== undefined) {
      return row.rows ?? [];
    }
    const document = this.draft();
    const rows = document === undefined ? [] : await this.rows(document);
    if (this.badge) {
      const value = rows.reduce((sum, { rows }) => sum + (rows?.length ?? 0), 0);
      this.view.badge = value === 0 ? undefined : { value, tooltip: vscode.l10n.t("Problems") };
    }
    return rows;
  }

  getTreeItem(row: Row): vscode.TreeItem {
    const { Expanded, None } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(row.label, row.rows?.length ? Expanded : None);
    item.description = row.description;
    item.tooltip = row.tooltip ?? row.label;
    item.iconPath = row.icon === undefined ? undefined : new vscode.ThemeIcon(row.icon);
    const document = this.draft();
    if (row.range !== undefined && document !== undefined) {
      item.command = { command: "vscode.open", title: "", arguments: [document.uri, { selection: row.range }] };
    }
    return item;
  }

  dispose(): void {
    this.view.dispose();
    this.changed.dispose();
  }
}

/** The findings of the server in a draft, but for what is merely open. */
export function faults(document: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === "jianggao");
}

/** 问题: faults by severity; what is open is in 待填. */
export async function problems(document: vscode.TextDocument): Promise<Row[]> {
  const names = [vscode.l10n.t("Errors"), vscode.l10n.t("Warnings"), vscode.l10n.t("Information"), vscode.l10n.t("Hints")];
  const icons = ["error", "warning", "info", "lightbulb"];
  const all = faults(document);
  return names.flatMap((label, severity) => {
    const found = all.filter((fault) => fault.severity === severity);
    const rows = found.map(({ message, range }) => ({
      label: message,
      description: vscode.l10n.t("line {0}", range.start.line + 1),
      range,
    }));
    return rows.length === 0 ? [] : [{ label, description: String(rows.length), icon: icons[severity]!, rows }];
  });
}

/** 提纲. */
export async function outline(document: vscode.TextDocument): Promise<Row[]> {
  const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>("vscode.executeDocumentSymbolProvider", document.uri);
  const row = ({ name, detail, selectionRange, children }: vscode.DocumentSymbol): Row => ({
    label: name,
    description: detail,
    range: new vscode.Range(selectionRange.start, selectionRange.start),
    rows: (children ?? []).map(row),
  });
  return (symbols ?? []).map(row);
}

/** 进度: length and time against the target, and those of each section. */
export function progress(session: Session): (document: vscode.TextDocument) => Promise<Row[]> {
  return async (document) => {
    const figures = await session.run<Figures>("jianggao.statistics", document, { quiet: true });
    if (figures === undefined || !figures.draft) {
      return [];
    }
    const minutes = figures.targetMinutes === null ? vscode.l10n.t("{0} min", figures.minutes) : vscode.l10n.t("{0} of {1} min", figures.minutes, figures.targetMinutes);
    const is_long = figures.targetMinutes !== null && figures.minutes > figures.targetMinutes;
    return [
      { label: vscode.l10n.t("Characters"), description: String(figures.characters), icon: "book" },
      { label: vscode.l10n.t("Time"), description: minutes, icon: is_long ? "warning" : "watch" },
      { label: vscode.l10n.t("To fill in"), description: String(figures.placeholders), icon: figures.placeholders === 0 ? "pass" : "circle-large-outline" },
      { label: vscode.l10n.t("Problems"), description: String(faults(document).length), icon: faults(document).length === 0 ? "pass" : "circle-large-outline" },
      ...figures.sections.map(({ name, level, line, characters, minutes, targetMinutes, time, until }) => ({
        label: "　".repeat(Math.max(0, level - 1)) + name,
        description: vscode.l10n.t("{0} characters · {1} · until {2}", characters, time, until),
        icon: targetMinutes !== null && minutes > targetMinutes ? "warning" : undefined,
        range: new vscode.Range(line, 0, line, 0),
      })),
    ];
  };
}
