import * as vscode from "vscode";
import type { Session } from "./session";

/** What the server answers to `jianggao.rehearsal`. Times are milliseconds from the beginning. */
interface Plan {
  length: number;
  charactersPerMinute: number;
  targetMinutes: number | null;
  sentences: { range: { start: Place; end: Place }; at: number }[];
  sections: { name: string; line: number; at: number }[];
}

interface Place {
  line: number;
  character: number;
}

/** A rehearsal that goes on, or waits. */
interface Course {
  editor: vscode.TextEditor;
  plan: Plan;
  ranges: vscode.Range[];
  /** Where the speaker is in the plan. */
  position: number;
  /** How long it has taken so far. */
  elapsed: number;
  rate: number;
  /** When it was looked at last; nothing while it waits. */
  since: number | undefined;
  shown: number;
}

const TICK = 100;
const [SLOWEST, FASTEST, STEP] = [0.5, 2, 0.1];

/** 试讲: the draft goes by as fast as it is spoken. The server says when each sentence is due. */
export class Rehearsal implements vscode.Disposable {
  private course: Course | undefined;
  private readonly spoken = vscode.window.createTextEditorDecorationType({ opacity: "0.45" });
  private readonly current = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor("editor.findMatchHighlightBackground"),
    border: "1px solid",
    borderColor: new vscode.ThemeColor("contrastActiveBorder"),
  });
  private readonly bar = vscode.window.createStatusBarItem("jianggao.rehearsal", vscode.StatusBarAlignment.Left, 1000);
  private readonly listeners: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly session: Session) {
    this.bar.name = vscode.l10n.t("讲稿: rehearsal");
    this.bar.command = "jianggao.editor.rehearsePause";
    this.listeners = [
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        // Other words take another time.
        if (contentChanges.length > 0 && document === this.course?.editor.document) {
          this.stop();
        }
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (this.course !== undefined && editor !== this.course.editor) {
          this.wait();
        }
      }),
      vscode.workspace.onDidCloseTextDocument((document) => document === this.course?.editor.document && this.stop()),
    ];
  }

  /** What is going on, for those who look. */
  state(): { running: boolean; sentence: string; text: string; rate: number } | undefined {
    const course = this.course;
    return course && { running: course.since !== undefined, sentence: course.editor.document.getText(course.ranges[course.shown]), text: this.bar.text, rate: course.rate };
  }

  /** Begins with the sentence at the cursor, or with the first. */
  async start(editor: vscode.TextEditor, here: boolean): Promise<void> {
    this.stop();
    const { active } = editor.selection;
    const plan = await this.session.run<Plan>("jianggao.rehearsal", editor.document, { line: active.line, character: active.character });
    if (plan === undefined || plan.sentences.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t("There is nothing to speak here."));
      return;
    }
    const ranges = plan.sentences.map(({ range: { start, end } }) => new vscode.Range(start.line, start.character, end.line, end.character));
    const first = here ? Math.max(0, ranges.findIndex(({ end }) => end.isAfter(active))) : 0;
    this.course = { editor, plan, ranges, position: plan.sentences[first]!.at, elapsed: 0, rate: 1, since: Date.now(), shown: -1 };
    void vscode.commands.executeCommand("setContext", "jianggao.rehearsing", true);
    this.timer = setInterval(() => this.tick(), TICK);
    this.show();
  }

  /** Waits, or goes on. */
  pause(): void {
    if (this.course?.since === undefined) {
      this.resume();
    } else {
      this.wait();
    }
  }

  faster(by: 1 | -1): void {
    const course = this.course;
    if (course !== undefined) {
      this.advance(course);
      course.rate = Math.min(FASTEST, Math.max(SLOWEST, Math.round((course.rate + by * STEP) * 10) / 10));
      this.show();
    }
  }

  /** Goes to the sentence behind or before. */
  skip(by: 1 | -1): void {
    const course = this.course;
    if (course !== undefined) {
      const next = Math.min(course.ranges.length - 1, Math.max(0, course.shown + by));
      course.position = course.plan.sentences[next]!.at;
      this.show();
    }
  }

  stop(): void {
    clearInterval(this.timer);
    const course = this.course;
    this.course = undefined;
    this.bar.hide();
    if (course !== undefined) {
      course.editor.setDecorations(this.spoken, []);
      course.editor.setDecorations(this.current, []);
      void vscode.commands.executeCommand("setContext", "jianggao.rehearsing", false);
    }
  }

  dispose(): void {
    this.stop();
    [this.spoken, this.current, this.bar, ...this.listeners].forEach((one) => one.dispose());
  }

  private wait(): void {
    if (this.course !== undefined) {
      this.advance(this.course);
      this.course.since = undefined;
      this.show();
    }
  }

  private resume(): void {
    const course = this.course;
    if (course !== undefined) {
      course.since = Date.now();
      void vscode.window.showTextDocument(course.editor.document, { viewColumn: course.editor.viewColumn }).then((editor) => {
        // The editor of a document that was away is another one.
        course.editor = editor;
        course.shown = -1;
        this.show();
      });
    }
  }

  private tick(): void {
    const course = this.course;
    if (course?.since === undefined) {
      return;
    }
    this.advance(course);
    if (course.position >= course.plan.length) {
      this.end(course);
    } else {
      this.show();
    }
  }

  private advance(course: Course): void {
    if (course.since !== undefined) {
      const now = Date.now();
      course.position += (now - course.since) * course.rate;
      course.elapsed += now - course.since;
      course.since = now;
    }
  }

  private end(course: Course): void {
    const { targetMinutes } = course.plan;
    const speed = speedOf(course);
    this.stop();
    void vscode.window.showInformationMessage(
      targetMinutes === null
        ? vscode.l10n.t("Rehearsed in {0}, at {1} characters a minute.", clock(course.elapsed), speed)
        : vscode.l10n.t("Rehearsed in {0} of {2} min, at {1} characters a minute.", clock(course.elapsed), speed, targetMinutes),
    );
  }

  private show(): void {
    const course = this.course;
    if (course === undefined) {
      return;
    }
    const { plan, ranges, position, editor } = course;
    let now = plan.sentences.findIndex(({ at }) => at > position) - 1;
    now = now < 0 ? (position < plan.sentences[0]!.at ? 0 : plan.sentences.length - 1) : now;
    if (now !== course.shown) {
      course.shown = now;
      editor.setDecorations(this.current, [ranges[now]!]);
      editor.setDecorations(this.spoken, now === 0 ? [] : [new vscode.Range(ranges[0]!.start, ranges[now - 1]!.end)]);
      editor.revealRange(ranges[now]!, vscode.TextEditorRevealType.InCenter);
    }
    const left = (plan.length - position) / course.rate;
    const section = plan.sections.filter(({ at }) => at <= position).at(-1)?.name ?? "";
    const icon = course.since === undefined ? "$(debug-pause)" : "$(megaphone)";
    this.bar.text = `${icon} ${vscode.l10n.t("{0}, {1} left", clock(course.elapsed), clock(left))}${section === "" ? "" : ` · ${short(section)}`}`;
    const late = plan.targetMinutes !== null && course.elapsed + left > plan.targetMinutes * 61_500;
    this.bar.backgroundColor = late ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
    this.bar.tooltip = [
      vscode.l10n.t("{0} characters a minute", speedOf(course)),
      ...(plan.targetMinutes === null ? [] : [vscode.l10n.t("Target {0} min", plan.targetMinutes)]),
      vscode.l10n.t("Space: wait or go on. ↑ ↓: faster, slower. ← →: a sentence back, on. Esc: end."),
    ].join("\n");
    this.bar.show();
  }
}

function speedOf({ plan, rate }: Course): number {
  return Math.round(plan.charactersPerMinute * rate);
}

function clock(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function short(name: string): string {
  const characters = [...name];
  return characters.length > 14 ? `${characters.slice(0, 13).join("")}…` : name;
}
