# What the office's own people see

staff-how = Staff link their account here. Please send /staff and your one-time code.
staff-linked = { $name }, you are linked. Your roles:
staff-role-owner = · owner: staff, keys, channels
staff-role-editor = · editor: content, drafts of notices
staff-role-broadcaster = · broadcaster: submit and pause notices
staff-role-reviewer = · reviewer: review applications, approve notices
staff-role-auditor = · auditor: read the log
staff-code-unknown = That code is not right. Please ask the owner for a new one.
staff-code-expired = That code has expired; it is good for ten minutes. Please ask the owner for a new one.
staff-code-used = That code has been used already. Please ask the owner for a new one.
staff-code-too-many = Too many wrong codes. Please try again in an hour.
staff-not-allowed = Your roles do not allow this step.

choice-review = Review applications
review-title = Review of applications
review-view-new = New ({ $count })
review-view-mine = Mine ({ $count })
review-view-waiting = Waiting for correction ({ $count })
review-empty = There are no applications here.
review-no-receipt = That is not a receipt number; please check it, for example ZC-2026-7KMX4QD.
review-line = { $number } { $name }: { $status }, handed in { $at }
review-history = History
review-event = { $at }  { $what } ({ $who })
review-event-noted = { $at }  { $what } ({ $who }): { $note }
review-event-claimed = taken over
review-event-corrected = corrected
review-event-handed-on = given to a colleague
review-by-applicant = the applicant
review-by-staff = staff no. { $number }
choice-claim = Take it over
review-claimed = { $number } is yours now.
choice-reveal = Show in full
review-reveal-why = Please say why you need to see it in full; this is written to the log:
review-revealed = { $number } in full (written to the log)
review-files = Files
review-file = { $number }. { $name } ({ $size } KB)
review-files-how = It cannot be read here: the office has no web page yet. Please give the receipt number and its number to the operator, who hands it out.
choice-file = File { $number }: { $name }
choice-open-file = Download the file
review-file-ready = File { $number }: { $name } (noted in the log)
review-decide-ask = Change { $number } to “{ $status }” and tell the applicant now?
review-decide-note = To add a word, just write it: that decides, too. Otherwise press “Yes”.
choice-decide = Yes
choice-not-now = Not now
review-fields = Which answers are to be corrected? You may choose several.
choice-fields-done = That is all
review-fields-first = First choose what is to be corrected, then write why. What you just wrote was not sent.
review-why-these =
    Not sent yet. Are these words the reason? The applicant will see them:
    { $words }
review-chosen =
    To be corrected:
    { $fields }
choice-send-correction = Send the correction
choice-choose-on = Choose more
review-why = Please write the reason; the applicant will read it:
review-words = Please write 1 to { $most } characters.
review-late = More than half an hour has passed since I asked. These words were not used, and nothing has changed.
review-late-open = Open that application
review-corrected = { $number } ({ $name }): the correction has come in. Please go on with the review.
review-decided = { $number } is now “{ $status }”; the applicant has been told.
staff-private = This is a command for staff, for private chats only. Please open a chat with me and send /{ $command }.
review-stale = This application has just changed, so nothing was done. Please open it again.
review-not-there = There is no such application.
told-status = Your application { $number } ({ $name }): { $status }.
told-note = Note: { $note }
review-emptied = The content is deleted: the person asked for it, or its time was over.
