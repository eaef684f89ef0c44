# Texts of pages and messages. Speak to one person; short, verb first.
# Variables: $n chooses the form, $shown is the number in words.

## Frame
skip-to-content = Skip to the content
nav-label = Sections
nav-jobs = Find a job
nav-about = About
other-language = Tiếng Việt
menu = Menu
call = Call
call-centre = Call the Centre
help-title = Need a person to help?
help-text = Call the Centre. An officer looks for a job with you and applies with you.
help-hours = Monday to Friday, 7:00 – 17:00. A person answers, not a machine.
foot-free = Job seekers never pay anything.

## Search
field-words = Job, skill or company
field-place = Place of work
field-trade = Trade
field-page = Page
search-button = Find jobs
search-change = Change the search
search-all = All jobs

## Home
home-page-title = Find a job near home
home-title = What job are you looking for?
home-lead = { $n ->
    [one] { $shown } open job, { $positions }. You pay nothing.
   *[other] { $shown } open jobs, { $positions }. You pay nothing.
}
home-lead-empty = There is no job here yet. Call the Centre, and an officer looks for one with you.
home-positions = { $n ->
    [one] { $shown } opening
   *[other] { $shown } openings
}
home-trades = Or choose a trade
home-newest = New jobs
jobs-unit = jobs
jobs-count = { $n ->
    [one] { $shown } job
   *[other] { $shown } jobs
}
new-today = New today
trade-farm = Farming, forestry
trade-build = Building
trade-factory = Factory
trade-sew = Sewing
trade-drive = Driving
trade-cook = Cooking, hotel
trade-shop = Shop, sales
trade-office = Office, accounts
trade-electric = Electrical, machines
trade-care = Health, care
trade-teach = Teaching
trade-it = IT, technology

## Results
results-open = { $n ->
    [one] { $shown } open job
   *[other] { $shown } open jobs
}
results-for = { $n ->
    [one] { $shown } job for “{ $words }”
   *[other] { $shown } jobs for “{ $words }”
}
results-none = No job fits yet
results-empty = No jobs yet
results-past-hint = { $n ->
    [one] You are past the last page: the results have { $shown } page.
   *[other] You are past the last page: the results have { $shown } pages.
}
results-none-for = No job fits “{ $words }” yet
results-none-hint = Drop a condition, or call the Centre and an officer looks with you.
results-place = Place of work: { $place }
results-place-before = { $n ->
    [one] { $place } (until June 2025), now { $shown } commune or ward of { $province }
   *[other] { $place } (until June 2025), now { $shown } communes and wards of { $province }
}
results-place-unknown = We do not know the place “{ $place }”, so these are from anywhere. Try the name of a commune, ward, former district or province; where several bear the name, add the province.
results-drop = Drop “{ $what }”
results-drop-place = Look anywhere
results-all = See all jobs
results-first-page = Back to the first page of results
results-corrected = Searching “{ $words }” in place of “{ $typed }”: no job has just what you typed.
results-near = Nearly what you asked for
results-near-lead = These do not have all that you look for.
facets-label = Narrow the results
facet-province = Province or city
facet-trade = Trade
facet-wage = Wage a month
facet-experience = Experience
facet-level = Training
facet-contract = Contract
facet-shift = Working hours
facet-benefit = Benefits
facet-origin = Source
facet-origin-own = The Centre's own
facet-origin-national = National exchange
facet-origin-neighbour = Neighbouring Centre
facet-origin-imported = From elsewhere
wage-band-0 = Under 5 million
wage-band-1 = 5 to under 8 million
wage-band-2 = 8 to under 12 million
wage-band-3 = 12 to under 20 million
wage-band-4 = 20 to under 30 million
wage-band-5 = From 30 million
experience-band-0 = No experience needed
experience-band-1 = Under 1 year
experience-band-2 = 1 to under 3 years
experience-band-3 = 3 to under 5 years
experience-band-4 = From 5 years
sorts-label = Order
sort-fit = Best fit
sort-newest = Newest
sort-wage = Highest wage
sort-nearest = Nearest
field-sort = Order
chip-drop = drop this condition
pages-label = Pages of results
page = Page
page-next = Next page

## A vacancy
verified = Verified
origin-national = From the national job exchange, not verified
origin-neighbour = From a neighbouring centre, not verified
origin-imported = From another site, not verified
employer-unknown = Employer not named
place-remote = Remote
place-unknown = Place not stated
place-and-more = { $n ->
    [one] { $places } and { $shown } other place
   *[other] { $places } and { $shown } other places
}
positions = { $n ->
    [one] { $shown } person wanted
   *[other] { $shown } people wanted
}
vacancy-back = All jobs
vacancy-ask = Call and ask
vacancy-closed = This vacancy is closed and takes no more applications.
vacancy-alike = Similar jobs
vacancy-similar = Look for similar jobs
vacancy-work = The work
vacancy-skills = Skills needed
skill-inferred = { $skill } (inferred from the title)
vacancy-skills-desired = Good to have
vacancy-contract = Contract
vacancy-as-written = In the employer’s words
vacancy-occupation = Occupation: { $names }
vacancy-posted = Posted on { $date }
vacancy-fetched = Taken from its source on { $date }
vacancy-source-ref = Number at its source: { $code }
vacancy-ref = Number here: { $code }
fact-wage = Wage
fact-place = Place
fact-hours = Hours
fact-wanted = You need
fact-given = You get
fact-closes = Closes
wanted-unknown = Nothing stated
level-any = No diploma needed
experience = { $span } of experience
experience-none = No experience needed
fee-title = Nobody may charge you
fee-text = Looking for a job here costs nothing, at any step.
fee-warning = If an employer asks for a deposit, a fee or your original papers, do not give them. Call the Centre at once:
imported-title = Not verified yet
imported-text = The Centre took this vacancy from another source and has not met the employer. Ask carefully before you go.

## Wage
wage-not-said = Wage not stated
wage-negotiable = Wage by agreement
wage-piece = Paid by piece or commission
wage-from = From { $amount }/{ $per }
wage-up-to = Up to { $amount }/{ $per }
wage-range = { $amount }/{ $per }
amount-million = { $figures } million VND
amount-dong = { $figures } VND
per-month = month
per-day = day
per-hour = hour

## Days and months
closes-unknown = No closing day given
closes-past = Closed
closes-today = Closes today
closes-tomorrow = Closes tomorrow
closes-in-days = { $n ->
    [one] { $shown } day left
   *[other] { $shown } days left
}
closes-on = Closes on { $date }
weekday-monday = Monday
weekday-tuesday = Tuesday
weekday-wednesday = Wednesday
weekday-thursday = Thursday
weekday-friday = Friday
weekday-saturday = Saturday
weekday-sunday = Sunday
months = { $n ->
    [one] { $shown } month
   *[other] { $shown } months
}
years = { $n ->
    [one] { $shown } year
   *[other] { $shown } years
}

## Benefits, hours, contracts
benefit-shuttle = Shuttle
benefit-dormitory = Lodging
benefit-meals = Meals
benefit-insurance = Insurance
benefit-social-insurance = Social insurance
benefit-health-insurance = Health insurance
benefit-training = Training
benefit-thirteenth = Thirteenth salary
benefit-childcare = Childcare
benefit-other = Other benefits
benefit-unknown = Nothing stated
benefit-see-text = See the description
shift-day = Office hours
shift-shifts = Shifts
shift-night = Night shift
shift-flexible = Flexible hours
shift-remote = Remote
shift-unknown = Hours not stated
contract-indefinite = Indefinite
contract-fixed-under-12 = Under 12 months
contract-fixed-12-36 = 12 to 36 months
contract-seasonal = Seasonal
contract-part-time = Part time
contract-internship = Internship, apprenticeship

## About
about-title = What is Sàn Việc?
about-lead = A place where people who look for work and employers meet, set up by the State.
about-run-by = { $centre } runs this site, under { $superior }.
about-free-title = It costs nothing
about-free = Looking for a job, asking an officer, applying: you pay at no step. If somebody asks for money, call the Centre.
about-marks-title = Marks on vacancies
about-verified = “Verified”: an officer of the Centre has checked the employer.
about-imported = “Not verified”: the vacancy comes from elsewhere. Ask carefully before you go.
about-data-title = Your data
about-data = You need no account to look for jobs. This site sets no cookie, does not follow you and sends nothing to third parties.

## When something goes wrong
error-home = To the first page
error-code = When you call, you can read out this code:
problem-not-found-title = We cannot find this page
problem-not-found = The vacancy may have ended, or letters are missing in the address. You did nothing wrong.
problem-method-title = That cannot be done here
problem-method = This address is only for reading. Start again from the first page.
problem-invalid-title = Something needs correcting
problem-invalid = Correct what is named here and send it again.
problem-field = { $field }: “{ $value }” is not accepted. { $expected }
problem-url-title = The address is too long
problem-url = An address has at most { $shown } bytes. Search with fewer words.
problem-body-large-title = Too much was sent
problem-body-large = At most { $shown } bytes can be sent at once.
problem-body-cut-title = Not all of it arrived
problem-body-cut = The network is slow or broke off. Send it again.
problem-busy-title = Too many people are here at once
problem-busy = Wait a few seconds and open this page again. You did nothing wrong.
problem-unavailable-title = No answer for the moment
problem-unavailable = We are getting the data ready. Wait a little and open the page again, or call the Centre.
problem-internal-title = Something broke on this page
problem-internal = The fault is ours, not yours. Try again in a few minutes, or call the Centre.
unready-database = The database does not answer.
unready-index-behind = { $n ->
    [one] The search index has yet to take in { $shown } change.
   *[other] The search index has yet to take in { $shown } changes.
}
unready-index-rebuilding = The search index is being rebuilt.
unready-disk-full = The disk is full; nothing can be written.
unready-stopping = The server is stopping.
expected-utf8 = Text in UTF-8 is expected.
expected-few-fields = At most { $shown } fields are expected.
expected-once = Each field is given once.
expected-no-field = This address takes no fields.
expected-short-text = At most { $shown } characters are expected.
expected-number = A number from { $least } to { $most } is expected.
expected-nearest = Did you mean “{ $word }”?
expected-one-of = One of these words is expected: { $words }.
expected-cursor = Use the next_cursor of the answer before, unchanged.
