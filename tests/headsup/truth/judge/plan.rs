//! Judges what a brief says about milestones and objectives: statuses, dates, tasks, reasons.

use super::super::made::{Milestone, Stated, Task, Work};
use super::vocabulary::vocabulary;
use super::{Judge, Value, date, segments, token};

impl<'a> Judge<'a> {
    pub(super) fn milestones(&self) {
        let (team, words) = (self.team, vocabulary(self.team.language));
        for milestone in team.milestones.iter().filter(|milestone| self.shows(milestone)) {
            let name = token(&milestone.name);
            let lines = self.lines_with(name);
            let Some(json) = self.json_milestone(&milestone.name) else {
                self.fault("a milestone is nowhere in the JSON", &milestone.name);
                continue;
            };
            if lines.is_empty() {
                self.fault("a milestone is nowhere on the page", &milestone.name);
                continue;
            }
            let status = json["status"].as_str().unwrap_or_default();
            let (done, overdue) = (milestone.is_done(team.as_of), milestone.is_overdue(team.as_of));
            let expected = match () {
                () if done => Some("done"),
                () if milestone.is_dropped(self.team.as_of) => Some("dropped"),
                () if overdue => Some("late"),
                () => None,
            };
            if let Some(expected) = expected
                && status != expected
            {
                self.fault("a status is not so", format!("{}: {status}, it is {expected}", milestone.name));
            }
            if expected.is_none() && matches!(status, "done" | "dropped") {
                self.fault("an open one is called done", format!("{}: {status}", milestone.name));
            }
            self.milestone_dates(milestone, json);
            self.milestone_tasks(milestone, json);
            let is_late = |segment: &&str| words.late.iter().any(|late| segment.contains(late));
            let said: Vec<&str> = lines.iter().flat_map(|line| segments(line)).filter(|it| it.contains(name)).collect();
            if done {
                let was_late = milestone.done_on.zip(milestone.agreed()).is_some_and(|(done, agreed)| done > agreed);
                for segment in said.iter().filter(|segment| !segment.starts_with('|')) {
                    if is_late(segment) && !(was_late && words.done.iter().any(|done| segment.contains(done))) {
                        self.fault("a done one is called late", format!("{}: {segment}", milestone.name));
                    }
                    if segment.contains(words.not_done) {
                        self.fault("a done one is called not done", format!("{}: {segment}", milestone.name));
                    }
                }
            }
            if overdue && !said.iter().any(|segment| is_late(segment) || segment.contains(words.not_done)) {
                self.fault("an overdue one goes unsaid", format!("{}: {said:?}", milestone.name));
            }
            if milestone.agreed().is_none() && matches!(status, "on_pace" | "ahead") && json["because"] != "stated" {
                self.fault("on pace for no date", milestone.name.clone());
            }
            let red_before_its_date = !overdue && json["because"] == "stated" && status == "late";
            if red_before_its_date && !milestone.stated.as_ref().is_some_and(|(stated, _)| *stated == Stated::Red) {
                self.fault("late as nobody stated", milestone.name.clone());
            }
            let may_be_left_out = team.is_shared();
            if status == "late"
                && !milestone.reason.is_empty()
                && !may_be_left_out
                && !self.says(token(&milestone.reason))
            {
                self.fault("a reason of what is late goes unsaid", format!("{}: {}", milestone.name, milestone.reason));
            }
            let of_later = milestone.done_on.is_some_and(|done| done > team.as_of);
            if milestone.stated.is_some() && !of_later && json["stated"].is_null() && json["stated_as"].is_null() {
                self.fault("a stated status is lost", format!("{}: {:?}", milestone.name, milestone.stated));
            }
        }
    }

    fn milestone_dates(&self, milestone: &Milestone, json: &Value) {
        if date(&json["agreed"]) != milestone.agreed() {
            self.fault(
                "an agreed date is not so",
                format!("{}: {} is {:?}", milestone.name, json["agreed"], milestone.agreed()),
            );
        }
        let done = milestone.done_on.filter(|done| *done <= self.team.as_of);
        if date(&json["done_on"]) != done {
            self.fault("a done date is not so", format!("{}: {} is {done:?}", milestone.name, json["done_on"]));
        }
        let period = milestone.due.as_ref().or(milestone.original.as_ref()).filter(|when| when.is_period);
        if json["period"].as_str() != period.map(|when| when.written.as_str()) {
            self.fault("a period is not as written", format!("{}: {} is {period:?}", milestone.name, json["period"]));
        }
    }

    /// Returns the tasks of a milestone that are known at as-of.
    fn tasks_of(&self, milestone: &Milestone) -> Vec<&'a Task> {
        let team = self.team;
        let known = |task: &&Task| task.counts && task.created.is_none_or(|created| created <= team.as_of);
        team.tasks.iter().filter(known).filter(|task| task.milestone == milestone.name).collect()
    }

    pub(super) fn is_done(&self, task: &Task) -> bool {
        task.work == Work::Done && task.done_on.is_none_or(|done| done <= self.team.as_of)
    }

    fn milestone_tasks(&self, milestone: &Milestone, json: &Value) {
        let tasks = self.tasks_of(milestone);
        let done = tasks.iter().filter(|task| self.is_done(task)).count() as u64;
        let open = tasks.iter().filter(|task| task.work != Work::Dropped && !self.is_done(task)).count() as u64;
        let all = if milestone.is_dropped(self.team.as_of) { done } else { done + open };
        let said = (json["tasks_done"].as_u64(), json["tasks_all"].as_u64());
        if said != (Some(done), Some(all)) {
            self.fault("tasks are not counted right", format!("{}: {said:?}, it is {done} of {all}", milestone.name));
        }
    }

    pub(super) fn objectives(&self) {
        if self.team.is_shared() {
            return;
        }
        for (name, stated, reason) in &self.team.objectives {
            let is_off = matches!(stated, Some((Stated::Red | Stated::Amber, _)));
            let json = self.json["objectives"].as_array().into_iter().flatten().find(|it| it["name"] == **name);
            // The table of objectives may be missing.
            let is_read = json.is_some_and(|json| !json["stated"].is_null());
            if is_read && is_off && !reason.is_empty() && !self.says(token(reason)) {
                self.fault("a reason of an objective goes unsaid", format!("{name}: {reason}"));
            }
        }
        let since = date(&self.json["since"]).expect("since");
        for objective in self.json["objectives"].as_array().into_iter().flatten() {
            let lanes = objective["milestones"].as_array().into_iter().flatten();
            let ours = lanes.filter_map(|lane| self.team.milestones.iter().find(|it| lane["name"] == it.name));
            let ours: Vec<&Milestone> = ours.filter(|milestone| milestone.owner_team.is_empty()).collect();
            let tasks: Vec<&Task> = ours.iter().flat_map(|milestone| self.tasks_of(milestone)).collect();
            let done: Vec<&&Task> = tasks.iter().filter(|task| self.is_done(task)).collect();
            let of_dropped =
                |task: &&&Task| ours.iter().any(|it| it.is_dropped(self.team.as_of) && it.name == task.milestone);
            let open = tasks.iter().filter(|task| task.work != Work::Dropped && !self.is_done(task));
            let all = done.len() + open.filter(|task| !of_dropped(task)).count();
            let news = done.iter().filter(|task| task.done_on.is_some_and(|day| since < day && day <= self.team.as_of));
            let counts = [done.len() as u64, all as u64, news.count() as u64].map(Some);
            let said = ["done", "of", "done_since"].map(|key| objective[key].as_u64());
            if said != counts {
                self.fault(
                    "an objective's tasks do not add up",
                    format!("{}: {said:?}, it is {counts:?}", objective["name"]),
                );
            }
        }
    }
}
