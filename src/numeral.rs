//! Chinese and Arabic numerals.
