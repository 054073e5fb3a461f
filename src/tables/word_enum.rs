//! `word_enum!`: an enum whose variants are the words of a field, each declared once with its spelling.

/// Declares enums with their words: all variants in `ALL`, their words in `WORDS` in the same order, `word` for one
/// variant, and serialisation as words.
macro_rules! word_enum {
    ($($(#[$meta:meta])* $vis:vis enum $name:ident {
        $($(#[$variant_meta:meta])* $variant:ident = $word:literal),+ $(,)?
    })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        $vis enum $name {
            $($(#[$variant_meta])* #[serde(rename = $word)] $variant),+
        }

        impl $name {
            /// All variants, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// Words of all variants, in the same order.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// Returns the word of the variant in cells, the config and JSON.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }
    )+};
}
pub(crate) use word_enum;
