//! Tests of metrics: wide, long and with periods as columns, in one file or in several.

use super::*;

#[test]
fn wide_metrics_are_folded_by_day_up_to_as_of() {
    let config = "[[source]]\ntable = \"metrics\"\nfile = \"metrics.csv\"\n[[metric]]\nname = \"Errors\"\ncolumn = \"error_rate\"\ntarget = 0.5\n";
    let metrics =
        ("metrics.csv", "date,error_rate,other\n2026-11-18,1.5,1\n2026-11-18,0.5,1\n2026-11-19,,1\n2026-11-21,9,1\n");
    let (team, _) = Folder::new(config, &[metrics]).load();
    let days = &team.metrics[0].days;
    // The 19th has a row without a value, which means missing and not zero.
    assert_eq!((days.len(), days[&day(2026, 11, 19)].count), (2, 0));
    let first = days[&day(2026, 11, 18)];
    assert_eq!((first.sum, first.count, first.min, first.max, first.last), (2.0, 2, 0.5, 1.5, 0.5));
    assert_eq!(team.sources[0].newest, Some(day(2026, 11, 19)));
}

#[test]
fn long_metrics_are_filtered_and_made_into_ratios() {
    let config = format!(
        "{METRICS}[[metric]]\nname = \"Error rate\"\naggregate = \"ratio\"\nnumerator = \"bad\"\ndenominator = \"all\"\n\
         where = {{ Country = \"us\" }}\n[[metric]]\nname = \"Checked\"\ncolumn = \"all\"\naggregate = \"sum\"\n"
    );
    let metrics = (
        "metrics.csv",
        "date,metric,value,target,country\n\
        2026-11-18,bad,3,,US\n2026-11-18,all,100,90,US\n2026-11-18,bad,50,,DE\n2026-11-18,all,60,90,DE\n\
        2026-11-19,all,70,95,US\n2026-11-19,bad,,,US\n",
    );
    let (team, _) = Folder::new(&config, &[metrics]).load();
    let rate = &team.metrics[0].days;
    assert_eq!((rate[&day(2026, 11, 18)].sum, rate[&day(2026, 11, 18)].denominator), (3.0, 100.0));
    assert_eq!(rate[&day(2026, 11, 19)].count, 0, "a missing numerator is missing, never zero");
    assert_eq!(team.metrics[1].days[&day(2026, 11, 18)].sum, 160.0);
    let targets: Vec<f64> = team.metrics[1].targets.iter().map(|target| target.value).collect();
    assert_eq!(targets, [90.0, 95.0]);
    assert_eq!((team.sources[0].records, team.sources[0].read), (6, 6));
}

#[test]
fn numbers_with_percent_signs_are_percentages_unless_the_config_says_otherwise() {
    let file = ("data/metrics.csv", "date,Errors,Share,Feeds\n2026-11-19,0.6%,45%,3\n2026-11-20,0.5%,46%,4\n");
    let metrics = "[[source]]\ntable = \"metrics\"\nfile = \"data/metrics.csv\"\n[[metric]]\nname = \"Errors\"\n\
                   [[metric]]\nname = \"Share\"\nunit = \"of all\"\n[[metric]]\nname = \"Feeds\"\n";
    let (team, _) = Folder::new(metrics, &[file]).load();
    let units: Vec<Option<&str>> = team.metrics.iter().map(|metric| metric.unit.as_deref()).collect();
    assert_eq!(units, [Some("%"), Some("of all"), None]);
}

#[test]
fn without_a_metric_section_every_number_column_is_followed() {
    let metrics = ("metrics.csv", "date,Errors,Note,Lag\n2026-11-18,1.5,fine,3\n2026-11-19,2,,4\n");
    let (team, _) = Folder::new(METRICS, &[metrics]).load();
    assert_eq!(team.metrics.iter().map(|m| m.name.as_str()).collect::<Vec<_>>(), ["Errors", "Lag"]);
}

#[test]
fn a_metric_that_no_file_has_gets_did_you_mean() {
    let config = format!("{METRICS}[[metric]]\nname = \"Erors\"\n");
    let errors = Folder::new(&config, &[("metrics.csv", "date,Errors,Lag\n2026-11-18,1.5,3\n")]).errors();
    assert_eq!((errors.len(), errors[0].help.as_str()), (1, "did you mean \"Errors\"?"));
}

#[test]
fn a_metric_that_an_objective_or_event_misspells_is_warned_about() {
    let config = format!(
        "{METRICS}[[metric]]\nname = \"Update lag\"\ncolumn = \"Lag\"\n\
         [[source]]\ntable = \"objectives\"\nfile = \"objectives.csv\"\n[[source]]\ntable = \"events\"\nfile = \"events.csv\"\n"
    );
    let files = [
        ("metrics.csv", "date,Lag\n2026-11-18,3\n"),
        ("objectives.csv", "objective,metric\nFaster,lag\nBetter,Update lga\n"),
        ("events.csv", "date,metric,text\n2026-11-01,Update lag,Stream live\n2026-11-02,,Holiday\n"),
    ];
    let (team, problems) = Folder::new(&config, &files).load();
    assert_eq!(team.objectives[0].metric.as_deref(), Some("Update lag"), "by its column");
    assert_eq!((team.events[0].metric.as_deref(), team.events[1].metric.as_deref()), (Some("Update lag"), None));
    assert_eq!((problems.len(), problems[0].help.as_str()), (1, "did you mean \"Update lag\"?"));
}

#[test]
fn columns_of_periods_are_read() {
    let metrics = ("metrics.csv", "Metric,2026-09,2026-10,2026-11,2026-12\nErrors,3,2,1,\nLag,30,20,10,5\n");
    let config = format!("{METRICS}[[metric]]\nname = \"Lag\"\n");
    let (team, _) = Folder::new(&config, &[metrics]).load();
    let days: Vec<(NaiveDate, f64)> = team.metrics[0].days.iter().map(|(on, day)| (*on, day.sum)).collect();
    assert_eq!(
        days,
        [(day(2026, 9, 1), 30.0), (day(2026, 10, 1), 20.0), (day(2026, 11, 1), 10.0)],
        "December is not known yet"
    );
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig {
        cases: 24, failure_persistence: None, ..proptest::prelude::ProptestConfig::default()
    })]

    /// A filter that every row passes selects the general path through a file; without one, the fast path is used.
    #[test]
    fn long_metrics_are_the_same_on_the_fast_and_the_general_path(
        rows in proptest::collection::vec(
            "(2026-11-0[1-9]|2026-11-20|2026-12-01|n/a|),(Errors|errors |Uptime|other|),(1?[0-9]\\.[0-9]|[0-9]{1,3}|\\(5\\)|--|),([0-9]|),y\n",
            50..200,
        ),
        odd in proptest::collection::vec("(soon|1/2/26),Uptime,3,,y\n|2026-11-10,(Errors|other),bad,,y\n|2026-11-10,Uptime,2,low,y\n", 0..2),
        skip in proptest::bool::ANY,
    ) {
        let text = format!("date,metric,value,target,all\n{}{}", rows.concat(), odd.concat());
        let load = |filter: &str| {
            let metrics = ["Errors", "Uptime", "Errors"].iter().enumerate().map(|(n, name)| {
                format!("[[metric]]\nname = \"{n}\"\ncolumn = \"{name}\"\n{filter}\n")
            });
            let bad_rows = if skip { "skip" } else { "error" };
            let source = format!("[[source]]\ntable = \"metrics\"\nfile = \"metrics.csv\"\nbad_rows = \"{bad_rows}\"\n");
            let folder = Folder::new(&(source + &metrics.collect::<String>()), &[("metrics.csv", &text)]);
            let name = folder.0.path().display().to_string();
            let told = |problems: Vec<Problem>| format!("{problems:#?}").replace(&name, "");
            match folder.load_as_of(day(2026, 11, 20)) {
                Ok((team, problems)) => Ok((format!("{:#?} {:#?}", team.metrics, team.sources), told(problems))),
                Err(problems) => Err(told(problems)),
            }
        };
        proptest::prop_assert_eq!(load("# no filter"), load("where = { all = \"y\" }"));
    }
}

/// Two tables on one sheet are exported side by side: the columns in the config decide which one is read.
#[test]
fn of_tables_side_by_side_the_one_with_the_configured_columns_is_read() {
    let sheet = "Who,Hours,,Day,Errors\nAnn,3,,2026-11-02,12\nBob,4,,2026-11-09,15\n,,,2026-11-16,7\n";
    let config = "[[source]]\ntable = \"metrics\"\nfile = \"sheet.csv\"\n[source.columns]\ndate = \"Day\"\n\
                  [[metric]]\nname = \"Errors\"\n";
    let (team, problems) = Folder::new(config, &[("sheet.csv", sheet)]).load();
    let values: Vec<f64> = team.metrics[0].days.values().map(|day| day.sum).collect();
    assert_eq!(values, [12.0, 15.0, 7.0]);
    assert_eq!((team.sources[0].records, team.sources[0].skipped), (3, 0));
    let beside: Vec<&Problem> = problems.iter().filter(|problem| problem.code == "table-beside").collect();
    assert_eq!(beside.len(), 1, "the other one is said: {problems:?}");
    assert_eq!(beside[0].severity, Severity::Warning);
}

/// Returns the metric "Revenue" from the files of one [[source]], and the problems.
fn revenue(files: &[(&str, &str)]) -> (Vec<f64>, Vec<Problem>) {
    let config = "[[source]]\ntable = \"metrics\"\nfile = \"m*.csv\"\n[[metric]]\nname = \"Revenue\"\n";
    let (team, problems) = Folder::new(config, files).load();
    (team.metrics[0].days.values().map(|day| day.sum).collect(), problems)
}

const LONG: (&str, &str) = (
    "m1.csv",
    "date,metric,value\n2026-11-16,Revenue,10\n2026-11-17,Revenue,15\n2026-11-17,Revenue,5\n2026-11-18,Revenue,30\n",
);

#[test]
fn days_that_a_second_export_repeats_count_once() {
    let later = ("m2.csv", "Date,Revenue\n2026-11-17,20\n2026-11-18,30\n2026-11-19,40\n");
    let later_long = (
        "m2.csv",
        "date,metric,value\n2026-11-17,Revenue,15\n2026-11-17,Revenue,5\n2026-11-18,Revenue,30\n2026-11-19,Revenue,40\n",
    );
    for files in [[WIDE, later], [LONG, later_long]] {
        let (values, problems) = revenue(&files);
        assert_eq!(values, [10.0, 20.0, 30.0, 40.0]);
        assert_eq!(problems.iter().map(|p| p.code).collect::<Vec<_>>(), ["repeated-day"]);
        assert!(problems[0].message.contains("m2.csv repeats 2 days from 2026-11-17 to 2026-11-18 of"), "{problems:?}");
    }
}

#[test]
fn of_two_values_for_a_day_that_of_the_export_that_reaches_further_counts() {
    // The newer file comes first by name; its days show that it is newer.
    let newer = ("m0.csv", "Date,Revenue\n2026-11-17,20\n2026-11-18,33\n2026-11-19,40\n");
    for older in [WIDE, LONG] {
        let (values, problems) = revenue(&[older, ("m0.csv", newer.1)]);
        if older == WIDE {
            assert_eq!(values, [10.0, 20.0, 33.0, 40.0]);
            let told = problems.iter().find(|p| p.message.contains("something else")).unwrap();
            let place = told.place.as_ref().unwrap();
            let excerpt = place.excerpt.as_ref().unwrap();
            assert_eq!((place.line, &excerpt.text[excerpt.start..excerpt.start + excerpt.len]), (3, "33"));
            assert!(told.message.contains("m1.csv of 2026-11-18"), "{}", told.message);
        } else {
            assert_eq!(values.last(), Some(&40.0));
        }
    }
}

#[test]
fn files_that_share_their_days_and_not_their_values_are_parts_of_one_whole() {
    let other_region = ("m2.csv", "Date,Revenue\n2026-11-16,1\n2026-11-17,2\n2026-11-18,3\n");
    let (values, problems) = revenue(&[WIDE, other_region]);
    assert_eq!(values, [11.0, 22.0, 33.0]);
    assert_eq!(problems.len(), 1);
    assert!(problems[0].message.ends_with("they are added"), "{}", problems[0].message);
}

#[test]
fn the_parts_of_a_ratio_may_be_in_two_files() {
    let config = "[[source]]\ntable = \"metrics\"\nfile = \"m*.csv\"\n\
                  [[metric]]\nname = \"Rate\"\naggregate = \"ratio\"\nnumerator = \"Bad\"\ndenominator = \"All\"\n";
    let files = [
        ("m1.csv", "date,metric,value\n2026-11-16,Bad,1\n2026-11-17,Bad,2\n"),
        ("m2.csv", "date,metric,value\n2026-11-16,All,10\n2026-11-17,All,20\n"),
    ];
    let (team, problems) = Folder::new(config, &files).load();
    assert_eq!(said(&problems), [""; 0]);
    assert_eq!(
        team.metrics[0].days.values().map(|d| (d.sum, d.denominator)).collect::<Vec<_>>(),
        [(1.0, 10.0), (2.0, 20.0)]
    );
}
