### Notices: staff write, approve and send them, contacts get them and may stop them.

## Contacts

menu-notices = Notices: each, once a week, or none
notices-mine-title = Notices
notices-wish-each = Now: you get each notice as it comes.
notices-wish-weekly = Now: you get one message every Monday with all of them.
notices-wish-none = Now: you get no notices.
notices-region = Region: { $region }. Notices for a region go by it.
notices-no-region = No region is set: notices for a region do not reach you.
notices-here = Answers and your own reminders stay as they are.
notices-here-group = This is for the whole group. Answers and reminders stay as they are.
notices-wished-each = All right: each notice as it comes.
notices-wished-weekly = All right: once a week, on Monday.
notices-wished-none = All right: no more notices.
notices-stopped = You get no more notices. If you change your mind, press below, or send /notices at any time.
choice-wish-each = Each as it comes
choice-wish-weekly = Once a week
choice-wish-none = No notices
choice-wish-again = Bring them back
choice-notices-region = Set the region
choice-notice-known = Seen
choice-notice-stop = No more notices
notice-known = Noted: you have seen it.
notice-known-already = That was noted before.
notice-known-not = That notice was not sent here; there is nothing to confirm.

## The notice itself

notice-corrected-title = Correction: { $title }
notice-not-translated = (This notice is in simplified Chinese only.)
notice-by-command =
    { $asks ->
        [yes] When you have seen it, send /known { $number }. To get no more notices, send /notices.
       *[no] To get no more notices, send /notices.
    }

## The list

notices-title = Notices
notices-none = There are no notices yet.
notices-none-begin = There are no notices yet. Press “New notice” to begin; you may stop halfway, the draft stays.
notices-list =
    { $lines }

    Open one to go on.
notices-line = { $number }  { $title }  { $state }
notice-untitled = (no title)
choice-notice-new = New notice
choice-notice = { $number } { $title }
choice-notices = All notices
notice-state-draft = draft
notice-state-listing = listing recipients
notice-state-waiting = waiting for approval
notice-state-approved = approved, to be sent
notice-state-sending = being sent
notice-state-paused = paused
notice-state-done = sent
notice-state-cancelled = cancelled

## One notice

notice-card-title = Notice { $number } · { $state }
notice-card = { $lines }
notice-reason-rejected = It was sent back. Please change it and submit it again.
notice-reason-late = Its time was missed by more than an hour; it was not sent. Please set another time and submit it again.
notice-reason-approval-void = The approval no longer counts (older than 24 hours, something changed, or somebody lost the right); it was not sent. Please submit it again.
notice-reason-audience-empty = Nobody met the criteria when it was submitted.
notice-sent-back = Sent back because: { $remark }
notice-corrects = Corrects notice { $number }: it goes to those who got the wrong text, and to nobody else.
notice-to-everybody = To: everybody
notice-to-regions = Regions (with their parts): { $names }
notice-to-and = { $first } · { $rest }
notice-to-platforms = Platforms: { $names }
notice-to-kinds = Kinds: { $names }
notice-to-languages = Languages: { $names }
notice-to-roles = Roles: { $names }
notice-to-windows = Subscribers of windows: { $names }
notice-to-themes = Subscribers of themes: { $names }
notice-to-programmes = Programmes: { $names }; status: { $statuses }
notice-to-listed = A list: { $count }
notice-to-nobody-yet = To: not set yet
notice-count = { $platform }: { $private } persons, { $groups } groups
notice-count-all = { $count } in all. Left out: { $unsubscribed } unsubscribed, { $gone } unreachable.
notice-lasts = At the platforms’ limits it takes { $time }.
lasts-below-a-minute = less than a minute
lasts-minutes = about { $count } min
lasts-hours = about { $count } h
platform-telegram = Telegram
platform-web = Web chat
platform-terminal = Terminal
notice-languages = Texts: { $languages }. Readers of other languages see simplified Chinese, and are told.
notice-at = Time: { $at }
notice-at-once = Time: as soon as it is approved
notice-quiet = Quiet hours: nothing is sent { $start }–{ $until }, then it goes on
notice-unclear-resend = Unclear deliveries: sent once more after ten minutes
notice-unclear-hold = Unclear deliveries: not sent again, listed for staff
notice-asks = With a button “Seen”
notice-asks-not = Without a button “Seen”
notice-link = Link: { $link }
notice-people = Drafted by { $author }, last changed by { $editor }
notice-approvals = Recipients listed when it was submitted: { $listed }; approved { $count }/{ $needed }

## Filling it in

notice-ask-title = Please send the title: one line, at most { $most } characters.
notice-ask-source = Please send the text in simplified Chinese; it cannot be left out. Bold and links are kept; you may forward a message.
notice-ask-text = Please send the text ({ $language }). Bold and links are kept; you may forward a message. Reply “none” to go without this translation.
notice-ask-audience =
    Please send the audience, one criterion a line; all must hold:
    everybody
    region: suzhou, kunshan
    kind: groups (or persons)
    platform: telegram, web
    language: english
    programme: its id, and on another line status: submitted
    window: 3 (its number), or theme: its name, for their subscribers
    role: reviewer
    list: then one receipt number, or one such as telegram:123456, a line
notice-ask-time = Please send the time, such as tomorrow 9am or Dec 1 9:30; or “now” for as soon as it is approved.
notice-ask-quiet = Please send the quiet hours, such as 22:00-08:00; or “none”.
notice-ask-remark = Please say why you send it back; the author will read it.
notice-words-only = Text, or one picture or file, is taken here (PDF, docx, xlsx, JPG, PNG, at most 20 MB). Please send it again.
notice-ask-file = Please send or forward a picture or a file (PDF, docx, xlsx, JPG, PNG, at most 20 MB). A notice takes one; put several into one PDF, or behind a link. Reply “none” to go without.
notice-file = Enclosed: { $name } ({ $size })
notice-file-as-file = { $platform }: the picture goes as a file and is seen when opened.
notice-file-taken = The file is taken: { $name }.
notice-file-not-there = { $platform } takes files of at most { $megabytes } MB: this one cannot go there. Choose a smaller one, or leave that platform out of the audience.
notice-list-wrong = I cannot read that list. Please send a .txt or .csv file with a receipt number, or one such as telegram:123456, a line.
notice-title-wrong = A title has words, at most { $most } characters. Please send it again.
notice-text-wrong = A text has words, at most { $most } characters. Please send it again.
notice-link-refused = Links begin with https:// and carry no user name. Please change this one: { $link }
notice-time-wrong = I cannot read that time. Please write one exact moment, such as tomorrow 9am or Dec 1 9:30; or “now”.
notice-time-over = { $at } is over. Please choose another time.
notice-time-hour = At what time on { $day }? Please write the day and the hour together, such as Dec 1 9:30.
notice-time-which =
    That can be read in several ways. Please write one of them in full:
    { $lines }
notice-time-one = · { $at }
notice-time-none = There is no such day or hour. Please look at the calendar again and write it like Dec 1 9:30.
notice-quiet-wrong = I cannot read those hours. Please write 22:00-08:00, or “none”.
notice-audience-wrong =
    I cannot read these lines; the audience stays as it was:
    { $lines }
    Write “criterion: value” on each line, such as “region: suzhou”.
notice-audience-line = · { $line }
notice-rows-wrong =
    { $count } rows of the list are wrong; the audience stays as it was (the other { $good } rows are fine):
    { $lines }
    Please mend them and send the audience again.
notice-row-unreadable = Line { $number } “{ $row }”: neither a receipt number nor such as telegram:123456
notice-row-unknown = Line { $number } “{ $row }”: no such person or group
notice-row-too-many = From line { $number } on there are more than ten thousand rows; please make several notices
notice-no-title = It has no title yet.
notice-no-text = It has no text in simplified Chinese yet.
notice-too-long = Too long: one message on { $platform } takes { $most }, the text in { $language } has { $length }, { $over } too many. Please shorten it and put the details behind a link.
choice-notice-title = Title
choice-notice-text-zh-CN = Text
choice-notice-text-zh-TW = Traditional
choice-notice-text-en = English
choice-notice-file = Picture or file
choice-notice-audience = Audience
choice-notice-time = Time
choice-notice-quiet = Quiet hours
choice-notice-unclear = When unclear
choice-notice-asks = Button “Seen”
choice-notice-back = Back to this notice

## Preview, submission, approval

notice-preview =
    Above you see it as its readers will. The buttons of a preview do nothing.
    { $lines }
notice-fits = { $platform }: { $length }/{ $most }, one message
notice-fits-not = { $platform }: { $length }/{ $most }, too long; shorten it before you submit it
notice-submit =
    Please check once more; then a colleague approves it:
    { $lines }
notice-submitted = Submitted. Reviewers get a message once the recipients are listed. Until then you may change it, and submit it again.
notice-submitted-alone = Submitted. This office is set up for one person: no approval is needed.
notice-waits = Notice { $number } “{ $title }” waits for approval; { $count } recipients. Open it, or send /compose.
notice-approve-later = An approval counts for 24 hours. Please approve it after { $at }.
notice-approved = Approved. It goes out at its time.
notice-approved-more = Approved. With more than ten thousand recipients { $count } more colleague must approve it.
notice-rejected = Sent back to the author.
notice-discarded = Notice { $number } is discarded.
notice-audience-unsaid = No audience is set. To reach everybody, write “everybody” as the audience.
notice-audience-empty = Nobody meets these criteria. Please choose others.
notice-enough-today = You have submitted { $most } notices today. Please go on tomorrow, or ask a colleague to submit it.
notice-own = What you wrote, changed or submitted must be approved by somebody else.
notice-not-allowed = Your account does not have that right. Please ask an owner if you need it.
notice-not-there = There is no such notice.
notice-stale = It has just been changed. Please open it and look at it as it is now.
notice-wrong-move = That cannot be done now. Please open it and see where it stands.
choice-notice-submit = Submit for approval
choice-notice-submit-sure = Submit to { $count } recipients
choice-notice-approve = Approve
choice-notice-reject = Send back
choice-notice-preview = Preview, to myself
choice-notice-withdraw = Take back and change
choice-notice-discard = Discard
choice-notice-look = Have a look
choice-notice-pause = Pause
choice-notice-resume = Go on
choice-notice-cancel = Cancel it

## On its way

notice-told = Notice { $number } “{ $title }”
notice-now-sending = It is being sent.
notice-now-paused = It is paused; nothing more goes out.
notice-now-done = It is sent.
notice-now-cancelled = It is cancelled; the rest is not sent.
notice-paused-by-staff = Paused by staff.
notice-paused-because = Too many errors, paused by itself: { $reason }. Please have a look before you go on.
notice-paused-first = { $failed } of the first { $begun } failed, so it paused by itself: { $reason }. Please look, and go on when all is well.
notice-paused-format = The message itself is at fault and reaches nobody, so it paused by itself: { $reason }. Please cancel it and send a mended one.
notice-figures =
    Due { $all }, arrived { $sent }, still to go { $waiting }
    Unreachable { $unreachable }, failed { $failed }, unclear { $unknown }
    Unsubscribed or left { $skipped }, for the weekly digest { $weekly }, cancelled { $cancelled }
notice-cancel-ask = Cancel notice { $number }? What has gone out stays out; the rest is not sent, and it cannot be brought back.
choice-notice-cancel-sure = Yes, cancel it

## Afterwards

notices-week-title = This week’s notices ({ $count })
notices-week-stop = To get each by itself, or none: /notices
notice-code = Code for approving notice { $number } at the command line, once, within ten minutes: { $code }
notice-code-wrong = That code is wrong, used or over. Please ask the reviewer to get a new one in their private chat.
notice-correct = This corrects notice { $number }: it goes to those who got the wrong text, in place of it where the platform can.
notice-report = { $report }
choice-notice-code = Command-line code
choice-notice-report = How it went
choice-notice-correct = Correct it
report-seen = Seen { $count }
report-by-platform = By platform
report-by-region = By region
report-no-region = (no region)
report-reasons = Why it did not arrive
report-over-time = Over time
report-row = · { $name }: { $sent }/{ $due }
report-reason = · { $fate } { $count }: { $reason }
report-time = · from { $at }: { $count }
fate-sent = arrived
fate-unreachable = unreachable
fate-failed = failed
fate-unknown = unclear
fate-cancelled = cancelled
fate-skipped = unsubscribed or left
fate-weekly = for the weekly digest
fate-queued = on its way
fate-due = not sent yet
ledger-number = No.
ledger-platform = Platform
ledger-chat = Chat
ledger-kind = Kind
ledger-region = Region
ledger-fate = Result
ledger-reason = Reason
ledger-at = Time
ledger-seen = Seen
ledger-language = Text
ledger-group = group
ledger-private = person
