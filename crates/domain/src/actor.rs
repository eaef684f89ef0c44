//! Who acts, and who may do what.

use std::fmt;

/// Who asks for a use case. Accounts of people come later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// The program itself: jobs, the demonstration province.
    System,
    /// Who has the command line of the server.
    Operator,
    /// Anybody on the web.
    Visitor,
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::System => "system",
            Self::Operator => "operator",
            Self::Visitor => "visitor",
        })
    }
}

/// What can be done. One line of the table each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Read an open vacancy.
    ReadVacancy,
    /// Write vacancies and employers from a file.
    ImportVacancies,
    /// Write, change or remove a vacancy.
    WriteVacancy,
    /// Write, change or remove a seeker.
    WriteSeeker,
    /// List everybody and every vacancy, also those that are not shown.
    List,
    /// Rank vacancies for a registered seeker or people for a vacancy.
    Match,
    /// Compute the table of how rare skills are.
    ComputeStatistics,
    /// Put jobs in line, run and list them.
    RunJobs,
}

/// Whether the actor may do this: the one table.
pub const fn may(actor: Actor, act: Act) -> bool {
    match (actor, act) {
        (_, Act::ReadVacancy) => true,
        (Actor::System | Actor::Operator, _) => true,
        (Actor::Visitor, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_actor_has_the_word_that_the_audit_log_keeps() {
        let words = [Actor::System, Actor::Operator, Actor::Visitor].map(|who| who.to_string());
        assert_eq!(words, ["system", "operator", "visitor"]);
    }

    #[test]
    fn a_visitor_reads_vacancies_and_nothing_else() {
        assert!(may(Actor::Visitor, Act::ReadVacancy));
        for act in [
            Act::ImportVacancies,
            Act::WriteVacancy,
            Act::WriteSeeker,
            Act::List,
            Act::Match,
            Act::ComputeStatistics,
            Act::RunJobs,
        ] {
            assert!(!may(Actor::Visitor, act));
            assert!(may(Actor::Operator, act) && may(Actor::System, act));
        }
    }
}
