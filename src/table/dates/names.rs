//! Names of months and weekdays in the languages that exports come in. A name may be cut short, as exports do (`Jul`,
//! `июл`, `sept.`), as long as no other month starts like it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Full names by month; a shorter form that is no beginning of one (`Mrz`) is listed too. Nominative and genitive.
const MONTHS: [&[&str]; 12] = [
    &[
        "january",
        "januar",
        "jänner",
        "janvier",
        "enero",
        "janeiro",
        "gennaio",
        "januari",
        "styczeń",
        "stycznia",
        "январь",
        "января",
        "leden",
        "ledna",
        "ocak",
        "січень",
        "січня",
        "ianuarie",
        "január",
    ],
    &[
        "february",
        "februar",
        "février",
        "fevrier",
        "febrero",
        "fevereiro",
        "febbraio",
        "februari",
        "luty",
        "lutego",
        "февраль",
        "февраля",
        "únor",
        "února",
        "şubat",
        "лютий",
        "лютого",
        "februarie",
        "február",
    ],
    &[
        "march",
        "märz",
        "maerz",
        "mrz",
        "mars",
        "marzo",
        "março",
        "marco",
        "maart",
        "mrt",
        "marzec",
        "marca",
        "март",
        "марта",
        "březen",
        "března",
        "mart",
        "березень",
        "березня",
        "martie",
        "marts",
        "március",
    ],
    &[
        "april",
        "avril",
        "abril",
        "aprile",
        "kwiecień",
        "kwietnia",
        "апрель",
        "апреля",
        "duben",
        "dubna",
        "nisan",
        "квітень",
        "квітня",
        "aprilie",
        "április",
    ],
    &[
        "may",
        "mai",
        "mayo",
        "maio",
        "maggio",
        "mei",
        "maj",
        "maja",
        "май",
        "мая",
        "květen",
        "května",
        "mayıs",
        "травень",
        "травня",
        "május",
    ],
    &[
        "june",
        "juni",
        "juin",
        "junio",
        "junho",
        "giugno",
        "czerwiec",
        "czerwca",
        "июнь",
        "июня",
        "červen",
        "června",
        "haziran",
        "червень",
        "червня",
        "iunie",
        "június",
    ],
    &[
        "july",
        "juli",
        "juillet",
        "julio",
        "julho",
        "luglio",
        "lipiec",
        "lipca",
        "июль",
        "июля",
        "červenec",
        "července",
        "temmuz",
        "липень",
        "липня",
        "iulie",
        "július",
    ],
    &[
        "august",
        "août",
        "aout",
        "agosto",
        "augustus",
        "augusti",
        "sierpień",
        "sierpnia",
        "август",
        "августа",
        "srpen",
        "srpna",
        "ağustos",
        "серпень",
        "серпня",
        "augusztus",
    ],
    &[
        "september",
        "septembre",
        "septiembre",
        "setiembre",
        "setembro",
        "settembre",
        "wrzesień",
        "września",
        "сентябрь",
        "сентября",
        "září",
        "eylül",
        "вересень",
        "вересня",
        "septembrie",
        "szeptember",
    ],
    &[
        "october",
        "oktober",
        "octobre",
        "octubre",
        "outubro",
        "ottobre",
        "październik",
        "października",
        "октябрь",
        "октября",
        "říjen",
        "října",
        "ekim",
        "жовтень",
        "жовтня",
        "octombrie",
        "október",
    ],
    &[
        "november",
        "novembre",
        "noviembre",
        "novembro",
        "listopad",
        "listopada",
        "ноябрь",
        "ноября",
        "kasım",
        "листопад",
        "листопада",
        "noiembrie",
    ],
    &[
        "december",
        "dezember",
        "décembre",
        "decembre",
        "diciembre",
        "dezembro",
        "dicembre",
        "grudzień",
        "grudnia",
        "декабрь",
        "декабря",
        "prosinec",
        "prosince",
        "aralık",
        "грудень",
        "грудня",
        "decembrie",
    ],
];

const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday", // en
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag", // de
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche", // fr
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo", // es, pt
    "segunda",
    "terça",
    "quarta",
    "quinta",
    "sexta", // pt
    "lunedì",
    "martedì",
    "mercoledì",
    "giovedì",
    "venerdì",
    "sabato",
    "domenica", // it
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag", // nl
    "понедельник",
    "вторник",
    "среда",
    "четверг",
    "пятница",
    "суббота",
    "воскресенье",
    "пн",
    "вт",
    "ср",
    "чт",
    "пт",
    "сб",
    "вс", // ru
    "poniedziałek",
    "wtorek",
    "środa",
    "czwartek",
    "piątek",
    "sobota",
    "niedziela", // pl
];

/// All names of months in alphabetical order, with the month's number: what begins alike stands together.
static MONTHS_BY_NAME: LazyLock<Vec<(&str, u32)>> = LazyLock::new(|| {
    let mut names: Vec<(&str, u32)> =
        (1..).zip(MONTHS).flat_map(|(n, names)| names.iter().map(move |name| (*name, n))).collect();
    names.sort_unstable();
    names
});

static WEEKDAYS_BY_NAME: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut names = WEEKDAYS.to_vec();
    names.sort_unstable();
    names
});

/// By the first two bytes of all names: where in [`MONTHS_BY_NAME`] and [`WEEKDAYS_BY_NAME`] those are that begin so. Most
/// words begin like none of them.
static BEGINNINGS: LazyLock<Vec<(u16, [usize; 2])>> = LazyLock::new(|| {
    let mut beginnings: BTreeMap<u16, [usize; 2]> = BTreeMap::new();
    let months = MONTHS_BY_NAME.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    for (list, names) in [months, WEEKDAYS_BY_NAME.clone()].iter().enumerate() {
        for (at, name) in names.iter().enumerate().rev() {
            if let Some(bytes) = name.as_bytes().first_chunk() {
                beginnings.entry(u16::from_be_bytes(*bytes)).or_insert([usize::MAX; 2])[list] = at;
            }
        }
    }
    beginnings.into_iter().collect()
});

/// Whether a name begins with the first two bytes of a lower-case word.
pub fn may_begin(word: &str) -> bool {
    beginning(word).is_some()
}

fn beginning(word: &str) -> Option<[usize; 2]> {
    let beginning = u16::from_be_bytes(*word.as_bytes().first_chunk()?);
    let at = BEGINNINGS.binary_search_by_key(&beginning, |(known, _)| *known).ok()?;
    BEGINNINGS.get(at).map(|(_, from)| *from)
}

/// The month (1 to 12) that a lower-case word names: a full name, or at least three letters that begin the names of one
/// month alone.
pub fn month(word: &str) -> Option<u32> {
    let [from, _] = beginning(word)?;
    let names = MONTHS_BY_NAME.get(from..).unwrap_or_default();
    let mut begun = names.iter().skip_while(|(name, _)| *name < word).take_while(|(name, _)| name.starts_with(word));
    let (name, number) = *begun.next()?;
    let is_one = name == word || (word.chars().nth(2).is_some() && begun.all(|(_, other)| *other == number));
    is_one.then_some(number)
}

/// Whether a lower-case word names a day of the week, in full or by its first two letters or more.
pub fn is_weekday(word: &str) -> bool {
    let Some([_, from]) = beginning(word) else { return false };
    let mut names = WEEKDAYS_BY_NAME.get(from..).unwrap_or_default().iter().skip_while(|name| **name < word);
    word.chars().nth(1).is_some() && names.next().is_some_and(|name| name.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_many_languages() {
        for (word, number) in [
            ("jan", 1),
            ("févr", 2),
            ("mrz", 3),
            ("mar", 3),
            ("märz", 3),
            ("avr", 4),
            ("мая", 5),
            ("mei", 5),
            ("jun", 6),
            ("juin", 6),
            ("juil", 7),
            ("июл", 7),
            ("lug", 7),
            ("ago", 8),
            ("sept", 9),
            ("set", 9),
            ("paź", 10),
            ("okt", 10),
            ("out", 10),
            ("lis", 11),
            ("dez", 12),
            ("grudnia", 12),
        ] {
            assert_eq!(month(word), Some(number), "{word}");
        }
    }

    #[test]
    fn a_word_that_could_be_two_months_is_none() {
        assert_eq!(month("jui"), None);
        assert_eq!(month("ju"), None);
        assert_eq!(month("days"), None);
    }

    #[test]
    fn weekdays() {
        assert!(is_weekday("sun") && is_weekday("mi") && is_weekday("wednesday") && is_weekday("чт"));
        assert!(!is_weekday("sunshine") && !is_weekday("x"));
    }
}
