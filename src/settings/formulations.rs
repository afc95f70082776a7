//! `[formulations]`: which catalogue is in force, and how it is offered.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::slogans::{Catalogue, Pack, PackProblem, Tier};

/// Catalogues with packs that are kept although no draft may need them just now: as many folders
/// with settings of their own are worked in at a time.
const KEPT: usize = 4;

/// Files as a settings file names them, each with its place in it (bytes).
pub type NamedFiles = Vec<(String, std::ops::Range<usize>)>;

/// The settings about formulations (提法).
#[derive(Clone, Default)]
pub struct Formulations {
    /// The catalogue that comes with the program counts; `None`: it does.
    pub builtin: Option<bool>,
    /// Formulations are offered while typing; `None`: they are.
    pub complete: Option<bool>,
    /// Han characters needed before anything is offered; `None`: 2.
    pub minimum_han: Option<u32>,
    /// The packs that a settings file names: to be read and added by whoever opens files.
    pub files: NamedFiles,
    packs: Vec<PackText>,
    made: Arc<OnceLock<Arc<Made>>>,
}

/// A pack that the settings name, as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackText {
    pub name: String,
    pub text: Arc<str>,
    pub tier: Tier,
}

/// A catalogue with what is wrong with its packs.
struct Made {
    builtin: bool,
    packs: Vec<PackText>,
    catalogue: Catalogue,
    problems: Vec<PackProblem>,
}

impl Formulations {
    /// Han characters needed before anything is offered, unless the settings say otherwise.
    pub const MINIMUM_HAN: u32 = 2;

    /// The packs, in the order in which they count.
    pub fn packs(&self) -> &[PackText] {
        &self.packs
    }

    /// Adds a pack above the others of its tier and those of the tiers below.
    pub fn add(&mut self, pack: PackText) {
        if self.packs.contains(&pack) {
            return;
        }
        let at = self.packs.partition_point(|other| other.tier <= pack.tier);
        self.packs.insert(at, pack);
        self.made = Arc::default();
    }

    /// The catalogue in force, made on first need.
    pub fn catalogue(&self) -> &Catalogue {
        if self.is_plain() { Catalogue::builtin() } else { &self.made().catalogue }
    }

    /// What is wrong with the packs. Makes the catalogue.
    pub fn problems(&self) -> &[PackProblem] {
        if self.is_plain() { &[] } else { &self.made().problems }
    }

    fn is_plain(&self) -> bool {
        self.packs.is_empty() && self.builtin != Some(false)
    }

    fn made(&self) -> &Made {
        self.made.get_or_init(|| made(self.builtin != Some(false), &self.packs))
    }

    /// `over` on top of `self`.
    pub(super) fn layered(mut self, over: Self) -> Self {
        self.builtin = over.builtin.or(self.builtin);
        self.complete = over.complete.or(self.complete);
        self.minimum_han = over.minimum_han.or(self.minimum_han);
        self.made = Arc::default();
        for pack in over.packs {
            self.add(pack);
        }
        self
    }
}

impl std::fmt::Debug for Formulations {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { builtin, complete, minimum_han, packs, files: _, made: _ } = self;
        f.debug_tuple("Formulations").field(builtin).field(complete).field(minimum_han).field(packs).finish()
    }
}

/// The catalogue of these packs. Settings are read again at every save; one that did not change is
/// not made again.
fn made(builtin: bool, packs: &[PackText]) -> Arc<Made> {
    static MADE: Mutex<Vec<Arc<Made>>> = Mutex::new(Vec::new());
    let mut kept = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(at) = kept.iter().position(|made| made.builtin == builtin && made.packs == packs) {
        let made = kept.remove(at);
        kept.push(made.clone());
        return made;
    }
    let nothing = Pack { name: "", text: "-*", tier: Tier::BuiltIn };
    let own = packs.iter().map(|pack| Pack { name: &pack.name, text: &pack.text, tier: pack.tier });
    let all: Vec<Pack<'_>> = (!builtin).then_some(nothing).into_iter().chain(own).collect();
    let (catalogue, problems) = Catalogue::with_packs(&all);
    let made = Arc::new(Made { builtin, packs: packs.to_vec(), catalogue, problems });
    if kept.len() == KEPT {
        kept.remove(0);
    }
    kept.push(made.clone());
    made
}
