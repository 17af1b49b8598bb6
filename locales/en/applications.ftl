# Applying for support, and what became of applications

menu-apply = Apply: check the conditions, fill in the form
menu-applications = My applications: drafts and progress

choice-apply = New application
choice-applications = My applications
choice-all-programmes = All programmes
choice-paper = I will bring it on paper
form-on-paper = on paper

apply-private = An application asks for data of your company, so it works in a private chat only. Please open a chat with me and send /{ $command }.
apply-where = Where would you like to apply?
apply-whole-country = Whole country
apply-which = Choose a programme; we check the conditions first:
apply-which-place = Each place handles this itself. Choose yours; we check the conditions first:
apply-none = There is no such programme here.
apply-gone = This programme or application is no longer here. Send /applications to see yours.
apply-go-on = Continue: { $name }
apply-too-many-drafts = You can fill in { $most } forms at a time. Please finish or delete one first:
apply-too-many-today = You have handed in { $most } applications today. Please come back tomorrow.
apply-done-with = This draft has been handed in, deleted, or given to a colleague.
apply-elsewhere = This application was changed elsewhere a moment ago, so nothing was done now. Send /applications to see where it stands.
apply-receipt = Receipt { $number }
apply-bring = Please remember to bring on paper:
apply-bring-line = · { $label }
apply-next = Keep the number. Send /applications at any time to see the progress.
apply-corrected = Your corrections have been handed in; our staff will continue the review.

applications-title = My applications
applications-none = You have no applications yet.
applications-line = { $number } { $name }: { $status }
applications-open = Open { $number }
applications-event = { $at }  { $status }
applications-correction = To be corrected: { $reason }
choice-correct = Correct now
choice-withdraw = Withdraw
choice-withdraw-yes = Yes, withdraw
choice-withdraw-no = Keep it
withdraw-ask = Once withdrawn, { $number } cannot be restored. Are you sure?
withdraw-done = { $number } has been withdrawn.
withdraw-not = { $number } now stands at “{ $status }” and cannot be taken back any more. If in doubt, please ask our staff.

stray-drafts = This was not entered: none of your applications is open. To go on with one, pick it below; to ask about a policy, name the place and what you would like to know.
stray-none = This looks like an answer to an application form, but none is open, so it went into none. To apply, pick a programme first; to ask about a policy, name the place and what you would like to know.
stray-in-group = Please keep details of companies and people out of the group. To apply, write “apply” to me in private.
