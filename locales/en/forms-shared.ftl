# Questions, purposes and statuses that programmes share

## Questions

field-org-name = Name of the applicant
field-uscc = Unified social credit code
field-district = District, county or development zone
field-address = Postal address
field-postcode = Postcode
field-contact-name = Contact person
field-contact-mobile = Mobile number
field-contact-phone = Office telephone
field-contact-email = E-mail address
field-legal-rep = Legal representative
field-org-type = Kind of applicant
field-org-type-enterprise = Enterprise
field-org-type-university = University
field-org-type-institute = Research institute
field-org-type-public-body = Public institution
field-patent-no = Patent number
field-patent-title = Title of the patent
field-patentee = Patentee (separate several with commas)
field-inventor = Inventor or designer (separate several with commas)
field-grant-date = Date the grant was announced (not the filing date)
field-recommender = Recommending body
field-recommender-example = Suzhou Administration for Market Regulation
field-sensitive-consent = Do you agree to give the sensitive personal data of the next question (if not, you go on and hand that part in on paper)?
field-ip-team = IP team (how many people, who leads it)
field-ip-team-example = 5 people, led by Zhang Min
field-researchers = People in research and development
field-fee-reduced = Is a fee reduction filed?
field-id-no = Identity card number
field-licence = Business licence or legal-person certificate (stamped scan)
field-application-form = Application form
field-grant-text = Text of the announced grant

## Why it is asked

why-identify = It tells who applies, and is compared with the register.
why-region = It decides which district takes the application and whether the place fits.
why-contact = We use it to reach you about corrections and the result.
why-right = It shows whether the right is in force and whose it is.
why-eligible = It shows whether the conditions are met.
why-review = The reviewers read this part.
why-amount = The amount of support is worked out from it.
why-pay = If approved, the money is paid to it.
why-prove = It proves what you filled in before.
why-aid = It shows which help can be given, and by whom.
why-sensitive = Sensitive personal data needs your separate consent.

## Units

unit-patent = patents
unit-person = people
unit-month = months
unit-year = years
unit-project = projects

## The notice on personal data

consent-v1 = Before you start: what you fill in about your organisation and contact person is used only for this application, seen by our staff and the reviewing authority, and kept encrypted. You may see, correct, withdraw or delete it at any time. If you do not agree, you can still ask about policy.

## Statuses of an application

status-submitted = Submitted
status-correction = To be corrected
status-rejected = Not accepted
status-withdrawn = Withdrawn
status-terminated = Terminated
status-accepted = Accepted
status-district-review = Review by the district
status-district-recommended = Recommended by the district
status-city-preview = Expert pre-review by the city
status-city-review = Review by the city office
status-city-recommended = Recommended by the city office
status-province-recommended = Recommended by the province
status-selection = Selection by the recommending body
status-publicity-before = Publicity before recommendation
status-reported = Sent up
status-credit-check = Credit check
status-formal-review = Formal examination
status-first-review = First evaluation
status-expert-review = Expert review
status-committee = Review by the committee
status-province-review = Review by the province
status-verification = Verification by departments
status-publicity = Publicity
status-objection = Objections being examined
status-decision = Decision announced
status-approved = Approved
status-not-approved = Not selected
status-awarded = Award presented
status-paid = Paid
status-mid-check = Mid-term check
status-accept-check = Final acceptance
status-registered = Registered
status-handling = Being handled
status-answered = Answered
status-archived = Archived
status-filed = Filing approved
status-creation = Chosen for creation
