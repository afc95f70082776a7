//! What `jianggao.toml` may say, declared once: reading, the published schema, and what an editor
//! offers and explains in the file all come from here.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use regex::Regex;

use super::formulations::NamedFiles;
use super::{Exception, Formulations, Profile, Settings, Severity};
use crate::lexicon::own::{Listed, whole};
use crate::locale::Locale;
use crate::text::fold::fold;
use crate::text::tables;

/// A table of the file.
pub struct Table {
    /// As in `[name]`; empty for what stands before the first table.
    pub name: &'static str,
    /// What it is for, in Chinese.
    pub about: &'static str,
    pub entries: Entries,
}

/// What a table holds.
pub enum Entries {
    /// Settings, each with a name of its own.
    Keys(&'static [Key]),
    /// The level of a rule, by its code or Chinese name.
    Levels,
    /// A text to be filled in, by placeholder.
    Facts,
    /// The table may stand several times, `[[name]]`, each with these settings, which are added to the others.
    List(&'static [Key], fn(&mut Settings, Texts)),
}

/// What one of the tables of a list says, by the name of the setting.
pub struct Texts(pub BTreeMap<&'static str, Vec<String>>);

impl Texts {
    /// Empty where it says nothing.
    fn take(&mut self, name: &str) -> String {
        self.take_all(name).pop().unwrap_or_default()
    }

    fn take_all(&mut self, name: &str) -> Vec<String> {
        self.0.remove(name).unwrap_or_default()
    }
}

/// A setting.
pub struct Key {
    pub name: &'static str,
    /// What it is for, in Chinese.
    pub about: &'static str,
    pub kind: Kind,
}

/// The value that a setting takes, and where it goes.
pub enum Kind {
    Switch {
        /// What counts when the file does not say; `None`: it depends.
        default: Option<bool>,
        field: fn(&mut Settings) -> &mut Option<bool>,
    },
    Number {
        range: RangeInclusive<u32>,
        /// What is counted, in Chinese and in English.
        unit: [&'static str; 2],
        default: Option<u32>,
        /// One that is usual.
        example: u32,
        field: fn(&mut Settings) -> &mut Option<u32>,
    },
    /// A list of literal texts.
    Texts(fn(&mut Settings) -> &mut Vec<String>),
    /// A list of regular expressions that match whole texts.
    Patterns(fn(&mut Settings) -> &mut Vec<Regex>),
    /// A file, relative to the settings file.
    File { example: &'static str, field: fn(&mut Settings) -> &mut NamedFiles },
    /// A list of files, relative to the settings file.
    Files(fn(&mut Settings) -> &mut NamedFiles),
    /// True or false, in a table of a list; false where it is not said.
    Mark,
    /// A text in a table of a list.
    Text {
        /// The table counts for nothing without it.
        is_needed: bool,
        /// It is the code or the Chinese name of a rule.
        is_rule: bool,
        example: &'static str,
    },
    /// A number in a table of a list.
    Count { range: RangeInclusive<u32>, unit: [&'static str; 2], example: u32 },
    /// Several texts in a table of a list.
    Several,
    /// Texts that stand for others, in a table of a list: one behind the other.
    Pairs { example: [&'static str; 2] },
}

pub static TABLES: [Table; 12] = [
    Table {
        name: "",
        about: "讲稿的设置。",
        entries: Entries::Keys(&[
            Key {
                name: "allow",
                about: "这些文字不报：一处问题所指的文字与其中一条完全相同，就不报。",
                kind: Kind::Texts(|settings| &mut settings.allow),
            },
            Key {
                name: "allow-patterns",
                about: "这些文字不报：一处问题所指的文字整段符合其中一条正则表达式，就不报。\
                        写法同 Rust 的 regex 库，不支持环视和反向引用；用单引号，反斜杠不用写两遍。",
                kind: Kind::Patterns(|settings| &mut settings.allow_patterns),
            },
            Key {
                name: "official-prose",
                about: "稿件是不是讲话、报告、通知一类的公文。不写就看全文：小说、程序文档、周报、名单、聊天只给提示。\
                        写 `true` 一律当公文查，写 `false` 一律只给提示。",
                kind: Kind::Switch { default: None, field: |settings| &mut settings.official_prose },
            },
            Key {
                name: "against",
                about: "去年的稿子：句子里还是去年的年份、届次、数字，整段照念的，说过没有下文的，都指出来。\
                        路径从这个设置文件所在的文件夹算起。",
                kind: Kind::File { example: "去年.txt", field: |settings| &mut settings.against },
            },
            Key {
                name: "against-characters",
                about: "与去年一字不差的，连着多少字才说。",
                kind: Kind::Number {
                    range: 20..=2000,
                    unit: ["字数", "characters"],
                    default: Some(Settings::AGAINST_CHARACTERS),
                    example: Settings::AGAINST_CHARACTERS,
                    field: |settings| &mut settings.against_characters,
                },
            },
        ]),
    },
    Table {
        name: "rules",
        about: "规则的等级：`规则 = \"等级\"`。规则写代码或名称，名称要加引号。",
        entries: Entries::Levels,
    },
    Table {
        name: "placeholders",
        about: "本单位的占位符，照字面写，不是正则表达式。",
        entries: Entries::Keys(&[
            Key {
                name: "add",
                about: "另外算作占位符的文字。",
                kind: Kind::Texts(|settings| &mut settings.placeholders_add),
            },
            Key {
                name: "remove",
                about: "在这里不算占位符的文字。",
                kind: Kind::Texts(|settings| &mut settings.placeholders_remove),
            },
        ]),
    },
    Table {
        name: "speech",
        about: "语速和时间。",
        entries: Entries::Keys(&[
            Key {
                name: "characters-per-minute",
                about: "语速，用来估算讲话时间；讲话一般在 160 到 260 之间。",
                kind: Kind::Number {
                    range: 60..=400,
                    unit: ["每分钟字数", "characters a minute"],
                    default: Some(Settings::CHARACTERS_PER_MINUTE),
                    example: Settings::CHARACTERS_PER_MINUTE,
                    field: |settings| &mut settings.characters_per_minute,
                },
            },
            Key {
                name: "reading",
                about: "定稿以后念一遍：打开长句、易读错的字、数字念法这几条给念稿用的规则，等级是提示。",
                kind: Kind::Switch { default: Some(false), field: |settings| &mut settings.reading },
            },
            Key {
                name: "target-minutes",
                about: "打算讲多久。写了，全文的时间旁边就注明超出或者还差多少。",
                kind: Kind::Number {
                    range: 1..=600,
                    unit: ["分钟", "minutes"],
                    default: None,
                    example: 20,
                    field: |settings| &mut settings.target_minutes,
                },
            },
        ]),
    },
    Table {
        name: "facts",
        about: "占位符要填入的文字：`\"占位符\" = \"文字\"`。占位符连同后面表示类别的字一起写，和稿件里的一样。\
                `table = \"指标.csv\"` 指明本单位的指标表（.csv、.xlsx）：指标、时期、数值、单位四列，稿件里的数与它对照。",
        entries: Entries::Facts,
    },
    Table {
        name: "private",
        about: "不该出本单位的：密级标志、身份证号、电话号码、银行卡号、名单里不公开的人名。默认都不查。",
        entries: Entries::Keys(&[
            Key {
                name: "final",
                about: "定稿检查时查；Word 文档的批注、页眉、隐藏文字、属性也查。",
                kind: Kind::Switch { default: Some(false), field: |settings| &mut settings.private.at_last },
            },
            Key {
                name: "always",
                about: "平时也查，等级是警告。",
                kind: Kind::Switch { default: Some(false), field: |settings| &mut settings.private.always },
            },
        ]),
    },
    Table {
        name: "editor",
        about: "编辑器里显示什么、自动做什么。编辑器自己的设置盖在上面。",
        entries: Entries::Keys(&[
            Key {
                name: "inlay-hints",
                about: "嵌入提示：各节的字数、时间、未填处数。",
                kind: Kind::Switch { default: Some(true), field: |settings| &mut settings.editor.inlay_hints },
            },
            Key {
                name: "code-lens",
                about: "代码透镜：字数和时间显示在行上方。不写就与 `inlay-hints` 相反。",
                kind: Kind::Switch { default: None, field: |settings| &mut settings.editor.code_lens },
            },
            Key {
                name: "on-type-formatting",
                about: "回车后接着编号。",
                kind: Kind::Switch { default: Some(true), field: |settings| &mut settings.editor.on_type },
            },
            Key {
                name: "hold-back",
                about: "正在写的一行上新冒出来的问题，停笔之后才报。",
                kind: Kind::Switch { default: Some(true), field: |settings| &mut settings.editor.hold_back },
            },
            Key {
                name: "closed-drafts",
                about: "没有打开的稿件也查，给能显示的编辑器。",
                kind: Kind::Switch { default: Some(true), field: |settings| &mut settings.editor.closed_drafts },
            },
            Key {
                name: "show-placeholders",
                about: "问题里列出没有填写的占位符：一件事实一条，等级是信息。",
                kind: Kind::Switch { default: Some(true), field: |settings| &mut settings.editor.placeholders },
            },
        ]),
    },
    Table {
        name: "formulations",
        about: "提法的目录，和写稿时的提示。",
        entries: Entries::Keys(&[
            Key {
                name: "packs",
                about: "另加的提法目录，路径从这个设置文件所在的文件夹算起。",
                kind: Kind::Files(|settings| &mut settings.formulations.files),
            },
            Key {
                name: "builtin",
                about: "用内置的提法目录。",
                kind: Kind::Switch { default: Some(true), field: |settings| &mut settings.formulations.builtin },
            },
            Key {
                name: "complete",
                about: "写稿时提示提法。检查和悬停不受影响。",
                kind: Kind::Switch { default: Some(true), field: |settings| &mut settings.formulations.complete },
            },
            Key {
                name: "min-han",
                about: "打出几个汉字以后才提示提法。拼音和首字母总要三个字母。",
                kind: Kind::Number {
                    range: 1..=8,
                    unit: ["汉字数", "Han characters"],
                    default: Some(Formulations::MINIMUM_HAN),
                    example: Formulations::MINIMUM_HAN,
                    field: |settings| &mut settings.formulations.minimum_han,
                },
            },
        ]),
    },
    Table {
        name: "words",
        about: "本单位的词：加进程序的各类词里。",
        entries: Entries::Keys(&[Key {
            name: "files",
            about: "词表，制表符分隔：词、类、前、后、起作用的例句、不起作用的例句、值。\
                    路径从这个设置文件所在的文件夹算起。",
            kind: Kind::Files(|settings| &mut settings.word_files),
        }]),
    },
    Table {
        name: "ignore",
        about: "有意保留的地方：这条规则在这几个字里报出来的问题不报。可以写几个 `[[ignore]]`。",
        entries: Entries::List(IGNORED, |settings, mut said| {
            let [rule, text, file] = ["rule", "text", "file"].map(|name| said.take(name));
            settings.exceptions.push(Exception { rule, text, file });
        }),
    },
    Table {
        name: "roster",
        about: "本单位的名单，按排名先后写，一人一个 `[[roster]]`：姓名、职务写错，次序颠倒，稿件里会标出来。",
        entries: Entries::List(ROSTER, |settings, mut said| {
            let [name, title, private] = ["name", "title", "private"].map(|name| said.take(name));
            let listed = Listed::new(&name, &title, !private.is_empty());
            Arc::make_mut(settings.words.get_or_insert_default()).list(listed);
        }),
    },
    Table {
        name: "profile",
        about: "某位领导、某个单位的稿子怎么写：语速、用语、称谓、框架。可以写几个 `[[profile]]`，合得上的第一个起作用。",
        entries: Entries::List(PROFILE, |settings, mut said| {
            let [speaker, files, salutation] = ["speaker", "files", "salutation"].map(|name| said.take(name));
            let folded = |texts: Vec<String>| texts.iter().map(|text| fold(text).into_owned()).collect::<Vec<_>>();
            let number = |text: String| text.parse().ok();
            settings.profiles.push(Profile {
                speaker: whole(&fold(&speaker)),
                pattern: Profile::pattern(&files),
                files,
                characters_per_minute: number(said.take("characters-per-minute")),
                say: said
                    .take_all("say")
                    .chunks_exact(2)
                    .map(|pair| (fold(&pair[0]).into(), fold(&pair[1]).into()))
                    .collect(),
                never: folded(said.take_all("never")),
                salutation: fold(&salutation).into_owned(),
                section_count: number(said.take("section-count")),
                sections: said.take_all("sections").iter().map(|text| Profile::choice(text)).collect(),
            });
        }),
    },
];

const PROFILE: &[Key] = &[
    Key {
        name: "speaker",
        about: "讲话人的姓名：称谓以上的几行（题目、日期、署名）里有这个名字，就用这一个。",
        kind: Kind::Text { is_needed: false, is_rule: false, example: "周明远" },
    },
    Key {
        name: "files",
        about: "文件名，`*` 代表任意几个字，`?` 代表一个字。和 `speaker` 都写了，都合上才算；都不写，对每一篇都算。",
        kind: Kind::Text { is_needed: false, is_rule: false, example: "*政府*" },
    },
    Key {
        name: "characters-per-minute",
        about: "这位领导的语速，盖住 [speech] 里的。",
        kind: Kind::Count { range: 60..=400, unit: ["每分钟字数", "characters a minute"], example: 180 },
    },
    Key {
        name: "say",
        about: "用语：`\"稿件里的\" = \"应当写的\"`。",
        kind: Kind::Pairs { example: ["提要求", "谈意见"] },
    },
    Key { name: "never", about: "从来不用的说法。", kind: Kind::Several },
    Key {
        name: "salutation",
        about: "开头的称谓里要有的话。",
        kind: Kind::Text { is_needed: false, is_rule: false, example: "同志们" },
    },
    Key {
        name: "section-count",
        about: "全文分几个部分。",
        kind: Kind::Count { range: 1..=20, unit: ["部分", "sections"], example: 3 },
    },
    Key {
        name: "sections",
        about: "各部分的标题里依次要有的词；几个词有一个就行的，用顿号隔开。",
        kind: Kind::Several,
    },
];

const IGNORED: &[Key] = &[
    Key {
        name: "rule",
        about: "哪一条规则，写代码或名称。",
        kind: Kind::Text { is_needed: true, is_rule: true, example: "placeholder" },
    },
    Key {
        name: "text",
        about: "稿件里的原话，问题所在的文字连同前后几个字，写在一行里。",
        kind: Kind::Text { is_needed: true, is_rule: false, example: "XX牌要打响" },
    },
    Key {
        name: "file",
        about: "哪一篇稿件，路径从这个设置文件所在的文件夹算起；不写就是每一篇。",
        kind: Kind::Text { is_needed: false, is_rule: false, example: "讲话.txt" },
    },
];

const ROSTER: &[Key] = &[
    Key {
        name: "name", about: "姓名。", kind: Kind::Text { is_needed: true, is_rule: false, example: "王建国" }
    },
    Key {
        name: "title",
        about: "职务，和稿件里的一样；几个职务用顿号隔开。",
        kind: Kind::Text { is_needed: false, is_rule: false, example: "县委书记" },
    },
    Key {
        name: "private", about: "姓名不公开：稿件里有就标出来（用 [private] 打开）。", kind: Kind::Mark
    },
];

impl Table {
    /// The settings of the table that have names of their own.
    pub fn keys(&self) -> &'static [Key] {
        match self.entries {
            Entries::Keys(keys) | Entries::List(keys, _) => keys,
            _ => &[],
        }
    }

    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys().iter().find(|key| key.name == name)
    }
}

/// The table `[name]`; with an empty name, what stands before the first.
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}

/// The names of the tables that stand in `table`: they stand in the file itself.
pub fn tables_in(table: &Table) -> impl Iterator<Item = &'static str> + use<> {
    let is_file = table.name.is_empty();
    TABLES[1..].iter().map(|table| table.name).filter(move |_| is_file)
}

/// What in `[facts]` names the table of indicators, and is no placeholder.
pub const TABLE: &str = "table";
pub const TABLE_EXAMPLE: &str = "指标.csv";

/// What a rule may be set to; `None` is off.
pub const LEVELS: [Option<Severity>; 5] =
    [None, Some(Severity::Hint), Some(Severity::Information), Some(Severity::Warning), Some(Severity::Error)];

/// The name of a level, and its Chinese name, which counts as well.
pub fn level_names(level: Option<Severity>) -> [&'static str; 2] {
    level.map_or(["off", "关闭"], |severity| [severity.name(), severity.chinese_name()])
}

/// What a level does, in Chinese.
pub fn about_level(level: Option<Severity>) -> &'static str {
    match level {
        None => "不查",
        Some(Severity::Hint) => "编辑器里淡淡地标出",
        Some(Severity::Information) => "供参考",
        Some(Severity::Warning) => "应当改；`check` 默认以 1 退出",
        Some(Severity::Error) => "必须改",
    }
}

/// A text about a setting, which is given in Simplified characters, in this language.
pub fn said(text: &'static str, locale: Locale) -> &'static str {
    let column = match locale {
        Locale::Hans => return text,
        Locale::Hant => 1,
        Locale::English => 2,
    };
    let row = tables::rows(include_str!("keys.tsv")).find(|cells| cells.clone().next() == Some(text));
    row.and_then(|mut cells| cells.nth(column)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_there_in_each_language() {
        let tables =
            TABLES.iter().flat_map(|table| [table.about].into_iter().chain(table.keys().iter().map(|k| k.about)));
        for text in tables.chain(LEVELS.map(about_level)) {
            let traditional = said(text, Locale::Hant);
            let same = [
                ("设定", "设置"),
                ("程式文件", "程序文档"),
                ("程式", "程序"),
                ("支援", "支持"),
                ("反斜线", "反斜杠"),
                ("预设", "默认"),
                ("资讯", "信息"),
                ("周报", "周报"),
            ];
            let simplified =
                same.iter().fold(fold(traditional).into_owned(), |text, (there, here)| text.replace(there, here));
            assert_eq!(simplified, text, "keys.tsv");
            assert!(said(text, Locale::English).is_ascii(), "keys.tsv lacks “{text}”");
        }
    }
}
