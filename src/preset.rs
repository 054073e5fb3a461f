//! Presets: how one tool writes its exports, as data. `data/presets/*.toml` are embedded; a team folder's
//! `presets/*.toml` come first. A new tracker is a new file there, no Rust. [`crate::source`] asks which one fits a header.
