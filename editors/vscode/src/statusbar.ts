import * as vscode from "vscode";
import type { Session } from "./session";

/** What the server answers to `jianggao.statistics`. */
export interface Figures {
  draft: boolean;
  /** Whether it is taken for official prose; otherwise there are hints only. */
  official: boolean;
  label: string;
  characters: number;
  minutes: number;
  targetMinutes: number | null;
  placeholders: number;
  sections: { name: string; level: number; line: number; characters: number; minutes: number; targetMinutes: number | null; time: string; until: string; placeholders: number }[];
}

/** How long after the last key the figures are asked for, in milliseconds. */
const PAUSE = 150;
/** A shorter text is not taken for a speech for good. */
const RECOGNIZED = 60;

/** The length of the draft in front and the number of its open placeholders, as the server counts them. */
export class StatusBar implements vscode.Disposable {
  private readonly length: vscode.StatusBarItem;
  private readonly open: vscode.StatusBarItem;
  private readonly counted = new vscode.EventEmitter<void>();
  private readonly official = new vscode.EventEmitter<vscode.TextDocument>();
  private timer: NodeJS.Timeout | undefined;
  private asking = false;
  private again = false;

  /** The figures in the bar are those of the draft in front. */
  readonly onDidCount = this.counted.event;
  /** A document turns out to be a speech. */
  readonly onDidRecognize = this.official.event;

  constructor(
    private readonly session: Session,
    private readonly draft: () => vscode.TextDocument | undefined,
  ) {
    this.length = item("jianggao.length", 100, vscode.l10n.t("讲稿: length"), "jianggao.editor.statistics");
    this.open = item("jianggao.placeholders", 99, vscode.l10n.t("讲稿: placeholders"), "jianggao.editor.goToPlaceholder");
  }

  /** The draft has changed: counts once the typing pauses. */
  changed(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), PAUSE);
  }

  /** Counts now. While the server counts a long draft, it is not asked for more. */
  async refresh(): Promise<void> {
    if (this.asking) {
      this.again = true;
      return;
    }
    this.asking = true;
    do {
      this.again = false;
      await this.count();
    } while (this.again);
    this.asking = false;
  }

  private async count(): Promise<void> {
    const document = vscode.workspace.getConfiguration("jianggao").get("statusBar", true) ? this.draft() : undefined;
    const figures = document && (await this.session.run<Figures>("jianggao.statistics", document, { quiet: true }));
    if (document !== undefined && document !== this.draft()) {
      // Another draft has come to the front, and asks for itself.
      return;
    }
    if (document === undefined || !figures?.draft) {
      this.length.hide();
      this.open.hide();
    } else {
      this.length.tooltip = figures.official
        ? vscode.l10n.t("Length and speaking time; click for those of each section")
        : vscode.l10n.t("This is no speech as far as one can see: hints only. Click to treat it as one.");
      this.length.command = figures.official ? "jianggao.editor.statistics" : "jianggao.editor.treatAsDraft";
      if (figures.official && figures.characters >= RECOGNIZED) {
        this.official.fire(document);
      }
      this.length.text = figures.official ? figures.label : vscode.l10n.t("{0}, no speech: hints only", figures.label);
      this.length.show();
      this.showOpen(document, figures.placeholders);
    }
    this.counted.fire();
  }

  private showOpen(document: vscode.TextDocument, count: number): void {
    this.open.text = vscode.l10n.t("Placeholders {0}", count);
    this.open.tooltip = count === 0 ? vscode.l10n.t("No open placeholders.") : vscode.l10n.t("List the open placeholders");
    // In text that is perhaps no speech there is nothing to say about nothing.
    if (count === 0 && document.languageId !== "jianggao") {
      this.open.hide();
    } else {
      this.open.show();
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.length.dispose();
    this.open.dispose();
    this.counted.dispose();
    this.official.dispose();
  }
}

function item(id: string, priority: number, name: string, command: string): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem(id, vscode.StatusBarAlignment.Right, priority);
  item.name = name;
  item.command = command;
  return item;
}
