# Why a pair fits, and what would change it. Each reason is a clause: no capital, no full stop.
# Variables: $n chooses the form, $shown is the number in words.

## The parts
fit-part-skill = Skills
fit-part-occupation = Occupation
fit-part-training = Training
fit-part-location = Place
fit-part-experience = Experience
fit-part-terms = Pay and terms
fit-not-known = not enough is known
fit-known = { $percent }% known

## Skills
fit-skill-not-asked = no skills asked
fit-skill-essential = has { $own } of { $n ->
    [one] { $asked } essential skill
   *[other] { $asked } essential skills
}
fit-skill-desirable = has { $own } of { $n ->
    [one] { $asked } desirable skill
   *[other] { $asked } desirable skills
}
fit-skill-near = has a skill close to: { $skills }
fit-skill-missing = missing: { $skills }
fit-skill-from-text = the skills were read from the title

## Occupation
fit-occupation-same = the same occupation
fit-occupation-close = a very close occupation
fit-occupation-group = the same group of occupations
fit-occupation-broad = the same broad group of occupations
fit-occupation-other = another occupation

## Training
fit-training-not-asked = no training asked
fit-training-level = level: { $has } (asked: { $asked })
fit-training-level-not-known = level not known (asked: { $asked })
fit-training-field-same = the field that is asked
fit-training-field-near = a field close to it, or none known
fit-training-field-other = another field

## Place
fit-place-remote = remote work
fit-place-wished = where it is wished
fit-place-same = in the same commune
fit-place-distance = { $km } km away
fit-place-province = in { $province } too; the vacancy names the province only
fit-place-province-away = far away, outside { $province }, { $km } km or more; the vacancy names the province only

## Experience
fit-experience-not-asked = no experience asked
fit-experience-months = { $has } in the group “{ $group }” (asked: { $asked })
fit-months = { $n ->
    [one] { $shown } month
   *[other] { $shown } months
}

## Pay and terms
fit-wage-enough = the pay reaches the wish
fit-wage-below = the pay is { $percent }% of the wish
fit-contract-wished = a contract as wished
fit-contract-other = not a contract as wished
fit-shift-wished = a shift as wished
fit-shift-other = not a shift as wished
fit-terms-not-said = not enough is known about: { $terms }
fit-term-wage = pay
fit-term-contract = contract
fit-term-shift = shift

## What a person could do
change-skill = learn { $skill }
change-training = train up to level: { $level }
change-training-field = train up to level: { $level }, field: { $field }
change-further = go 10 km further to work
change-province = also take work in { $province }
change-anywhere = take work anywhere
change-any-shift = take any shift
change-any-contract = take any kind of contract
change-opens = { $n ->
    [one] { $change }: { $shown } more job fits
   *[other] { $change }: { $shown } more jobs fit
}
change-reached = { $n ->
    [one] { $shown } job fits now
   *[other] { $shown } jobs fit now
}
change-none = no small change opens a further job

## What an employer could do
relax-level = ask only for level: { $level }
relax-wage = pay { $amount } VND more a month
relax-shuttle = offer a shuttle
relax-lodging = offer lodging
relax-no-experience = ask for no experience
relax-desirable = ask for { $skill } as desirable, not essential
relax-dropped = no longer ask for { $skill }
relax-brings = { $change }: about { $shown } more people fit
relax-brings-few = { $change }: fewer than 5 more people fit
relax-loses = { $change }: about { $shown } fewer people fit
relax-loses-few = { $change }: up to 4 fewer people fit
relax-reached = about { $shown } registered people fit
relax-reached-few = fewer than 5 registered people fit
relax-none = there is nothing left to relax in this vacancy
relax-no-gain = no relaxation brings further people

## Why a list is empty: the vacancy
empty-not-shown = this vacancy is not shown: { $status }
empty-full = all openings of this vacancy are taken
empty-ended = this vacancy has ended: it was open until { $day }
empty-vacancy-names-nothing = the vacancy names no skill or occupation clearly enough: nobody can be ranked
empty-nobody-registered = no seeker is registered yet
empty-nobody-can = nobody has a skill or occupation that this vacancy asks for
empty-nobody-may = some have a skill or occupation that this vacancy asks for, but none may be ranked on { $day }: { $what }
empty-end = the list ends here

## Why a list is empty: the person
empty-not-looking = this person is not looking for work: { $status }
empty-under-age = this person is under 15, until { $day }
empty-person-names-nothing = the profile names no skill or occupation: no vacancy can be ranked
empty-no-vacancy-open = no vacancy is open on { $day }
empty-nothing-asks = no open vacancy asks for a skill or occupation of this person
empty-nothing-may = some vacancies ask for a skill or occupation of this person, but none may be ranked on { $day }: { $what }

## What stands between
empty-by-closed = the vacancy is not open
empty-by-not-looking = no longer looking
empty-by-age = too young for this work
empty-by-contract = the kind of contract is refused
empty-by-block = one side has blocked the other
empty-by-abroad = work abroad is not wished

## How vacancies and people stand
empty-status-draft = a draft
empty-status-submitted = waiting for approval
empty-status-shown = shown
empty-status-paused = hidden for a while
empty-status-needs-renewing = the employer has to confirm it
empty-status-filled = filled
empty-status-expired = expired
empty-status-rejected = not approved
empty-status-withdrawn = taken back
empty-person-looking = looking
empty-person-paused = paused
empty-person-placed = placed by the Centre
empty-person-withdrawn = registration taken back
