//! 承诺没有下文: something that last year's draft promised by name, and that this year's does not name.

use super::message::shortened;
use super::{Check, Example, FindingContext, Findings, Hits, Message, Observations, Rule, Severity, Tag};
use crate::analysis::Detail;
use crate::paragraph::Paragraph;
use crate::text::sentences::sentences;
use crate::text::{Range, Span};

pub static RULE: Rule = Rule {
    code: "dropped-promise",
    name: "承诺没有下文",
    severity: Some(Severity::Information),
    summary: "去年的稿子说要建成、要开工的，今年的稿子一个字没有提。",
    why: "去年当着大家说过的事，今年总要有个交代。设置了去年的稿子（against）才查；只看有名有姓的（东湖大桥、青石水库）和说了多少的（教师周转房600套），“一批重点项目”这样的不算；“明年的工作”下面说要新建、成立、上线的（护士长学院）也算。名字、其中连着的三个字或最后两个字在今年的稿子里出现过就不报。说了多少的、只说“年内”“今年”的、叫“……中心”“……基地”的、新建成立的，两份稿子的标题（八字以上）只有年份、届次不同，或者有一句十二字以上的话相同才查。今年的稿子比去年的短得多时也不报。",
    source: "去年的稿子。",
    examples: &[Example {
        bad: "今年以来，全县上下攻坚克难，各项工作都取得了新的成绩，经济稳中有进，民生持续改善，社会和谐稳定，干部队伍的作风也有了明显好转，成绩来之不易。下一步，要再接再厉，把各项工作抓得更紧更实，一项一项地抓到位，一件一件地办到底，不负全县人民的期望和重托，以优异的成绩向党和人民交上一份满意的答卷。",
        good: "今年以来，全县上下攻坚克难，各项工作都取得了新的成绩，经济稳中有进，民生持续改善，东湖大桥建成通车，社会和谐稳定，干部队伍的作风也有了明显好转，成绩来之不易。下一步，要再接再厉，把各项工作抓得更紧更实，一项一项地抓到位，一件一件地办到底，不负全县人民的期望和重托，交上一份满意的答卷。",
    }],
    tags: &[Tag::Former],
    check: Check::Together { see, judge },
    message,
};

/// So many are told; who has dropped more has another speech.
const MOST: usize = 10;
/// A speech with less than such a part of what was said last year does not tell of everything.
const PART: u32 = 3;
/// A draft with a sentence of so many characters that is last year's goes by it.
const KIN: u32 = 12;

fn see(line: &str, _: &Paragraph, hits: &mut Hits) {
    let Some(former) = hits.settings().former.as_deref() else { return };
    let kin = sentences(line).into_iter().find(|range| {
        let same = former.same(range.of(line)).and_then(|n| former.sentence(n));
        same.is_some_and(|sentence| sentence.own >= KIN)
    });
    let kin = kin.or_else(|| former.is_titled(line).then(|| Range::new(0, line.len())));
    if let Some(range) = kin {
        hits.push(range, former.promises.len());
    }
    for (n, promise) in former.promises.iter().enumerate() {
        if let Some(range) = promise.at(line) {
            hits.push(range, n);
        }
    }
}

/// What was promised, by its number.
struct Dropped(usize);

fn judge(observations: &Observations<'_>, findings: &mut Findings) {
    let Some(former) = observations.former() else { return };
    let lines = &observations.speech.lines;
    let size: u32 = lines.iter().filter(|p| p.is_read()).map(|p| p.spoken).sum();
    let Some(first) = lines.iter().position(|p| p.is_read()) else { return };
    if former.promises.is_empty() || size * PART < former.size {
        return;
    }
    // The last tells whether the draft goes by last year's.
    let count = former.promises.len();
    let mut is_named = vec![false; count + 1];
    observations.list.iter().for_each(|(_, hit)| is_named[hit.evidence::<usize>()] = true);
    let dropped: Vec<usize> =
        (0..count).filter(|n| !is_named[*n] && (is_named[count] || !former.promises[*n].is_wide)).take(MOST).collect();
    for n in dropped {
        let end = observations.raw(first as u32).len();
        findings.push(Span::in_line(first as u32, Range::new(0, end)), Detail::of(Dropped(n)));
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(&Dropped(n)) = context.evidence() else { return Message::default() };
    let Some(former) = context.settings.former.as_deref() else { return Message::default() };
    let Some(promise) = former.promises.get(n) else { return Message::default() };
    let Some(old) = former.sentence(promise.sentence) else { return Message::default() };
    let (thing, line, text) = (&promise.thing, old.line + 1, shortened(&old.text));
    let text = context.say(
        format!("去年说到“{thing}”，今年没有提：去年第 {line} 行，{text}"),
        format!("去年說到“{thing}”，今年沒有提：去年第 {line} 行，{text}"),
        format!("‘{thing}’ was promised last year and is not named: line {line} then, {text}"),
    );
    Message { text, fix: None }
}
