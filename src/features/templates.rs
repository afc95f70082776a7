//! Skeletons of speeches, with fields to fill in: 讲稿：新建…. They are kept here alone, for all editors.

/// A skeleton.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    pub id: &'static str,
    pub name: &'static str,
    /// Its fields are blanks of the kind 【会议名称】.
    pub text: &'static str,
}

pub static TEMPLATES: [Template; 8] = [
    Template { id: "work-meeting", name: "工作会议讲话", text: include_str!("templates/work-meeting.txt") },
    Template { id: "mobilisation", name: "动员会讲话", text: include_str!("templates/mobilisation.txt") },
    Template { id: "commendation", name: "总结表彰会讲话", text: include_str!("templates/commendation.txt") },
    Template { id: "symposium", name: "座谈会讲话", text: include_str!("templates/symposium.txt") },
    Template { id: "integrity", name: "警示教育大会讲话", text: include_str!("templates/integrity.txt") },
    Template { id: "greeting", name: "活动致辞", text: include_str!("templates/greeting.txt") },
    Template { id: "host", name: "会议主持词", text: include_str!("templates/host.txt") },
    Template { id: "statement", name: "表态发言", text: include_str!("templates/statement.txt") },
];

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::Analysis;
    use crate::features::report;
    use crate::locale::Locale;
    use crate::markup::Markup;
    use crate::rules::diagnostics;
    use crate::settings::Settings;
    use crate::text::Flat;

    #[test]
    fn nothing_is_wrong_but_that_the_fields_are_open() {
        for Template { id, text, .. } in TEMPLATES {
            let (lines, settings) = (Flat::new(text), Arc::new(Settings::default()));
            let analysis = Analysis::new(&lines, Markup::Speech, &settings);
            let found = diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX);
            let faults: Vec<_> = found.iter().filter(|d| !d.rule.is_about_blanks()).map(|d| &d.message).collect();
            assert!(faults.is_empty(), "{id}: {faults:?}");
            assert_eq!(report::open(&analysis, &lines).len(), text.matches('【').count(), "{id}");
        }
    }
}
