//! What Python asks of the engine, as JSON; `python/jianggao` makes it typed. Nothing is found, changed or decided here.

use std::sync::Arc;

use jianggao::analysis::Markup;
use jianggao::locale::Locale;
use jianggao::report::Text;
use jianggao::rules::RULES;
use jianggao::settings::Settings;
use jianggao::text::Grade;
use jianggao::word::Document;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde::Serialize;

/// What is found in a text.
#[pyfunction]
fn check(py: Python, text: &str, path: &str, settings: &str, language: &str) -> PyResult<String> {
    answer(py, text, path, settings, language, |text| {
        text.check().map_err(|nothing| nothing.message(text.locale).to_owned())
    })
}

#[pyfunction]
fn outline(py: Python, text: &str, path: &str, settings: &str, language: &str) -> PyResult<String> {
    answer(py, text, path, settings, language, |text| Ok(text.outline()))
}

/// The text with the certain corrections made; `style`: those of form as well.
#[pyfunction]
fn fix(py: Python, text: &str, path: &str, settings: &str, language: &str, style: bool) -> PyResult<String> {
    let grades = if style { &[Grade::Certain, Grade::Style][..] } else { &[Grade::Certain] };
    answer(py, text, path, settings, language, |text| Ok(text.fix(grades)))
}

/// What a Word document shows, automatic numbers included.
#[pyfunction]
fn text_of_docx(py: Python, document: &[u8], language: &str) -> PyResult<String> {
    let locale = Locale::from_name(language);
    py.detach(|| Document::read(document).map(|document| document.text().to_owned()))
        .map_err(|refused| PyValueError::new_err(refused.message(locale)))
}

/// Asks without the lock of the interpreter: other threads go on.
fn answer<T: Serialize>(
    py: Python,
    text: &str,
    path: &str,
    settings: &str,
    language: &str,
    ask: impl FnOnce(Text) -> Result<T, String> + Send,
) -> PyResult<String> {
    let locale = Locale::from_name(language);
    let answered = py.detach(|| {
        let settings = Arc::new(read(settings, locale)?);
        let answer = ask(Text { path, text, markup: Markup::by_name(path), settings: &settings, locale })?;
        serde_json::to_string(&answer).map_err(|error| error.to_string())
    });
    answered.map_err(PyValueError::new_err)
}

/// The settings of the text of a `jianggao.toml`; what does not count in it is an error.
fn read(text: &str, locale: Locale) -> Result<Settings, String> {
    let rules: Vec<_> = RULES.iter().map(|rule| (rule.code, rule.name)).collect();
    let (settings, problems) = Settings::parse(text, &rules);
    match problems.iter().find(|problem| problem.is_mistake()) {
        Some(problem) => {
            let line = text[..problem.range.start].matches('\n').count() + 1;
            Err(format!("jianggao.toml:{line}: {}", problem.message.text(locale)))
        }
        None => Ok(settings),
    }
}

#[pymodule]
fn _jianggao(module: &Bound<PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_function(wrap_pyfunction!(check, module)?)?;
    module.add_function(wrap_pyfunction!(outline, module)?)?;
    module.add_function(wrap_pyfunction!(fix, module)?)?;
    module.add_function(wrap_pyfunction!(text_of_docx, module)?)
}
