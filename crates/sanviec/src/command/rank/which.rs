//! Whom or what an id names, and what to do where it names the other kind or nothing.

use domain::id::{NotAnId, SeekerId, VacancyId};
use domain::seeker::Seeker;

use crate::failure::Failure;
use std::sync::Arc;

use domain::vacancy::Vacancy;

use crate::live::Snapshot;

/// The person with this id.
///
/// # Errors
/// It is a vacancy's, or nobody's.
pub(super) fn seeker(snapshot: &Snapshot, id: SeekerId) -> Result<Seeker, Failure> {
    let as_vacancy = VacancyId::from_u128(id.as_u128());
    match snapshot.people.find(id) {
        Some(seeker) => Ok(seeker),
        None if snapshot.shown.contains_key(&as_vacancy) => Err(Failure::Configuration(format!(
            "{id}: đây là mã của tin tuyển dụng, không phải của người tìm việc; hãy dùng \
             `sanviec match vacancy {id}`\n  \
             This is the id of a vacancy, not of a seeker: use `sanviec match vacancy {id}`."
        ))),
        None => Err(Failure::Failed(format!(
            "{id}: không có người tìm việc nào mang mã này; `sanviec list seekers` cho xem các mã\n  \
             No seeker has this id; `sanviec list seekers` shows the ids."
        ))),
    }
}

/// The vacancy with this id.
///
/// # Errors
/// It is a seeker's, or no vacancy's.
pub(super) fn vacancy(snapshot: &Snapshot, id: VacancyId) -> Result<&Arc<Vacancy>, Failure> {
    let as_seeker = SeekerId::from_u128(id.as_u128());
    match snapshot.shown.get(&id) {
        Some(shown) => Ok(shown),
        None if snapshot.people.find(as_seeker).is_some() => Err(Failure::Configuration(format!(
            "{id}: đây là mã của người tìm việc, không phải của tin tuyển dụng; hãy dùng \
             `sanviec match seeker {id}`\n  \
             This is the id of a seeker, not of a vacancy: use `sanviec match seeker {id}`."
        ))),
        None => Err(Failure::Failed(format!(
            "{id}: không có tin tuyển dụng nào mang mã này; `sanviec list vacancies` cho xem các mã\n  \
             No vacancy has this id; `sanviec list vacancies` shows the ids."
        ))),
    }
}

/// An id as it was typed.
///
/// # Errors
/// What was expected.
pub(in crate::command) fn read_id<Id: std::str::FromStr<Err = NotAnId>>(
    text: &str,
) -> Result<Id, Failure> {
    text.parse()
        .map_err(|error| Failure::Configuration(format!("{text:?}: {error}")))
}
