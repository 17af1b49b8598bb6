# The words of the application dialog. Each has a next step

## Why an answer was not taken

refused-empty = There is nothing here yet. Please send it again.
refused-required = This one is needed and cannot be left out. If you do not have it at hand, write “later”: what you filled in is kept.
refused-too-long = That is too long. Please keep it within { $most } characters.
refused-too-short = That is too short. At least { $least } characters are needed.
refused-file-unwanted = This question needs words, not a file.
refused-file-wanted = Please send a file: tap the attachment sign and choose a file or a photo.
refused-files-most = At most { $most } files. You may join them into one PDF.
refused-file-type = This kind of file cannot be read. Please send one of: { $accept }.
refused-file-large = The file is too large. Please keep it within { $most } MB.
refused-file-empty = The file is empty. Please choose another.
refused-company = Please write the full name, as on the licence.
refused-company-short = “{ $given }” looks like a short form. Please write the full name, as on the licence or certificate, with Co., Ltd., University, Institute or the like.
refused-name = Please write a name: 2 to 20 Chinese characters, or Latin letters.
refused-email = This is no e-mail address. Is the @ or the ending missing?
refused-number = Please write a whole number.
refused-number-range = Please write a whole number from { $least } to { $most }.
refused-percent = Please write a percentage from 0 to 100.
refused-money = I could not read the amount. Please write a figure and its unit.
refused-money-large = “{ $given }” is more than 10 billion yuan. Is there a zero too many? Please write it again.
refused-money-unit = Counted in units of 10,000 yuan, “{ $given }” is more than 10 billion yuan. Did you mean yuan? Please write the unit, too.
refused-money-cents = An amount has at most two places in yuan. Please write it again.
refused-yes-no = Please tap, or answer “yes” or “no”.
refused-confirm = You can go on once you agree; or leave at any time.
refused-choice = Please choose from the options.
refused-date = I could not read the date. Please write year, month and day.
refused-date-early = { $given } is before { $begun }. Please check it and write it again.
refused-nice = Please write class numbers from 1 to 45, separated by commas.
refused-region = I do not know this place. Please write the full name of the district.
refused-region-outside = This place is outside the programme's area. Please give another, or ask our staff.
refused-rows-most = At most { $most } lines. Please send fewer.
refused-row-cells = Line { $row } needs { $columns } entries, separated by commas. Please mend it and send the message again.
refused-row = Line { $row }, “{ $column }”: { $reason }
refused-uscc-none = This wants the unified social credit code: 18 digits and letters.
refused-uscc-length = It has 18 characters; yours has { $count }.
refused-uscc-letter = The code never has the letter { $letter }. Is it a 0, 1, 2 or 5?
refused-uscc-shape = Characters 3 to 8 are digits. Please compare with the licence.
refused-uscc-check = The check character does not fit: one character may be wrong. Please compare with the licence.
refused-identity = This is no valid identity number. Please check its 18 characters.
refused-patent-shape = A patent number has 8 or 12 digits and a check digit.
refused-patent-check = The check digit does not fit: one digit may be wrong. Please compare with the certificate.
refused-pct = Please write a PCT application number.
refused-trademark = Please write a trademark number of at most 8 digits.
refused-madrid = Please write an international registration number of 6 or 7 digits.
refused-ipc = Please write an IPC class.
refused-software = Please write a software copyright number.
refused-right = I do not know this number. Please write that of a patent, trademark or registration.
refused-mobile = Please write a mainland mobile number of 11 digits.
refused-phone = Please write area code and number.
refused-postcode = A postcode has 6 digits.

## Examples

example-name = Zhang Min
example-company = Suzhou Example Technology Co., Ltd.
example-address = 1 Example Road, Wujiang, Suzhou
example-email = name@example.com
example-number = 12
example-percent = 60%
example-money = 5,000,000 yuan
example-date = 2026-03-01
example-region = Wujiang
example-nice = 9, 35, 42
example-uscc = 91350100M000100Y43
example-patent = ZL201710601862.3
example-application = 201710601862.3
example-pct = PCT/CN2024/123456
example-trademark = 12345678
example-madrid = 1234567
example-ipc = H04L9/32
example-software = 2024SR0123456
example-right = ZL201710601862.3
example-mobile = 13800138000
example-phone = 0512-65221234
example-postcode = 215000

## Conditions

form-title = { $name }
form-draft = Please note: { $note }
form-overview = First the conditions. Do you meet all of these?
form-condition-line = · { $condition }
form-condition = Condition { $number } of { $of }: { $condition }
form-condition-source = Source: { $publisher }, { $date }
form-condition-source-undated = Source: { $publisher }, no date given
form-condition-sources = Source: { $publisher } and others ({ $count } in all)
form-condition-draft = This cannot be verified from public sources; the notice of your year decides.
form-condition-fits = Do you meet it?
form-may = By your answers you meet the conditions we hold. The organiser's review decides.
form-open = Nothing speaks against it, but some conditions could not be verified:
form-may-not = By your answers, a condition is not met:
form-may-not-next = You may go on and let our staff decide, or leave for now.
form-short = · Not met: { $condition }
form-short-least = · Not met: { $condition }. At least { $limit } { $unit } are needed; you gave { $given }.
form-short-most = · Not met: { $condition }. At most { $limit } { $unit } are allowed; you gave { $given }.
form-short-below = · Not met: { $condition }. It must be below { $limit }; you gave { $given }.
form-unsure = · You are not sure: { $condition }
form-unverified = · Cannot be verified from public sources, the notice of your year decides: { $condition }
choice-all-fit = All met
choice-one-by-one = One by one
choice-fits = Met
choice-fails = Not met
choice-unsure = Not sure
choice-go-on = Go on
choice-restart = Start again

## Personal data, and what is known

form-consent-ask = If you agree, we begin.
choice-agree = Agree and begin
form-offer = You filled these in before. Are they still right?
choice-take-all = All right, use them
choice-decline = Fill in anew

## Questions

form-ask = { $number } of { $of }: { $label }
form-ask-round = { $number } of { $of }, round { $round }: { $label }
form-optional = You may leave this out.
form-example = For example: { $example }
form-money-unit = A figure without a unit counts in units of 10,000 yuan.
form-files = You may send: { $accept }, at most { $most }.
form-files-not-here = Files cannot be sent here yet. Please choose “I will bring it on paper”.
form-rows = One line each, several at once if you like; then answer “done”.
form-choices = Choose as many as apply, then tap “Done”.
form-pieces = Received: { $given }
form-kept = Now: { $given }
form-known = Before: { $given }
form-reason = Please correct: { $reason }
form-why = { $label }: { $why }
form-why-usual = This is asked by usual practice; the organiser's form of the year decides.
choice-yes = Yes
choice-no = No
choice-done = Done
choice-keep = Keep it
choice-take = Use it
choice-skip = Skip
choice-step-back = Back
choice-why = Why?
choice-later = Later
choice-cancel = Cancel
form-chosen = ✓ { $option }

## What was filled in

form-summary = All is filled in. Please check it, then submit:
form-line = { $number }. { $label }: { $given }
form-line-round = { $number }. { $label } ({ $round }): { $given }
form-skipped = left out
form-aside =
    { $count ->
        [one] { $count } earlier answer does not concern your present choices. It is set aside and not handed in.
       *[other] { $count } earlier answers do not concern your present choices. They are set aside and not handed in.
    }
form-summary-next = To change a line, answer with its number or tap “Change”.
form-pick-edit = Which one do you want to change?
choice-submit = Submit
choice-change = Change
choice-to-summary = Back to the summary
form-money-wan = { $amount } × 10,000 yuan
form-money-yuan = { $amount } yuan
form-percent = { $amount }%
form-list = { $first }, { $rest }
form-cells = { $first } / { $rest }
form-lines = { $first }; { $rest }
form-masked = ending in { $last }

## On the way

form-stale = That choice belongs to an earlier question; nothing was changed. Here is the current one:
form-unneeded = Please pick one of these. To do something else first, answer “later”: what you filled in is kept. To stop, answer “cancel”.
form-between = Your application is still here. To go on:
form-nothing-before = There is no earlier question.
form-moved = After your change, answers not needed now: { $count }. They are set aside, and come back if you change it back.
form-returned = Brought back from before: { $labels }
form-changed = The questions of this programme have changed. All your answers are kept.
form-changed-aside = Answers no longer needed and set aside: { $count }.
form-changed-added = New questions: { $labels }
form-saved = All right, it is saved. Answer “continue” to go on at any time.
form-saved-blank = All right, another time; nothing was filled in yet. Answer “continue” when you want to.
form-cancelled = You have left; your answers are kept. Answer “continue” to go on, or delete them.
form-cancelled-blank = You have left; nothing was filled in yet. Answer “continue” to go on, or delete it.
form-discarded = The draft is deleted.
form-submitted = Submitted on { $at }. You will hear here about corrections and the result.
choice-resume = Continue
choice-discard = Delete the draft
form-purpose-eligibility = The conditions come first, so that nobody fills in a whole form in vain. If you are unsure, take them one by one: each names its source. Nothing about your company is kept at this step.
form-purpose-verdict = A condition is not met. You may leave it, or go on: the organiser decides in the end.
form-purpose-consent = What follows is about your company and its contact, so your consent is needed first. Without it you can still look up policies.
form-purpose-offer = You answered these before; take them over to have fewer questions, or answer one by one.
form-purpose-summary = Please check before you hand in, and change what is wrong; staff see it only after that.
