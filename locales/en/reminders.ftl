# Application windows, subscriptions, reminders. First until when and how many working days, then what to do.

## What is open

windows-open-title = Open for applications
windows-list = { $lines }
windows-open = · { $title }: closes { $closes }, { $left }
windows-not-yet = · { $title }: opens { $opens }, closes { $closes }, { $left }
windows-expected = · { $title }: seen in earlier years; this year's dates are not announced yet
windows-hints-title = Earlier years (not this year's notice)
windows-hint = · { $name }, last seen in { $year }: { $seen }
windows-hints-note = Earlier dates only help you prepare; this year's notice decides. Subscribers hear when it comes out.
hint-title = { $name } ({ $organiser })
hint-past =
    { $round }: { $seen } { $note }
    Seen at: { $source }
seen-day = { $on }
seen-both = { $opens } to { $closes }
seen-closes = closed { $closes }
seen-opens = opened { $opens }, end not seen
seen-nothing = dates not seen
choice-hints = Earlier years
choice-subscribe = Subscribe
choice-subscribe-this = Subscribe to this
choice-subscriptions = My subscriptions
menu-subscribe = Subscribe to reminders: add a place or programme
menu-subscriptions = See, change or end your reminders

## Dates and working days

moment = { $on } ({ $weekday }) { $at }
moment-day = { $on } ({ $weekday })
weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun
left-days =
    { $count ->
        [one] 1 working day left
       *[other] { $count } working days left
    }
left-days-estimated =
    { $count ->
        [one] about 1 working day left (by weekends; the State Council's holiday notice is not out)
       *[other] about { $count } working days left (by weekends; the State Council's holiday notice is not out)
    }
left-no-workday = no working day left before the end, please act today
left-today = closes today
left-over = closed

## One window

window-title = { $title }
window-standing = { $status } · source grade { $grade }
window-dates = { $lines }
window-opens = Opens: { $on }
window-closes = Closes ({ $level }): { $closes }, { $left }
window-closed = Was to close ({ $level }): { $closes }
window-who = Who may apply: { $who }
window-prepare =
    To prepare:
    { $list }
window-note = Note: { $note }
window-source = Source: { $publisher }, { $document }, { $on }
window-source-link = Source: { $publisher }, { $document }, { $on } { $link }
window-number = Number { $id }: /extend { $id }, /correct { $id } or /withdraw { $id }, and what is to change behind it.
window-unknown = There is no window with number { $id }. See what there is: /windows
level-company = in the company
level-county = district
level-city = city
level-province = province
level-nation = national
status-expected = Expected, not announced
status-announced = Announced
status-extended = Extended
status-closed = Closed
status-cancelled = Cancelled
choice-calendar = Add to calendar
choice-clause = See the clause
choice-window = Details

## Reminders

reminder-deadline = { $title }: closes { $closes } ({ $level }), { $left }
reminder-internal = { $title }: your own deadline is { $closes }, { $left }
reminder-opens = { $title } opens today and closes { $closes }
reminder-news = New notice: { $title }
reminder-changed = Changed: { $title }
reminder-several =
    { $count ->
        [one] 1 thing today
       *[other] { $count } things today
    }
reminder-late = This reminder is late: it was due { $due } and could not be sent because the service was down.
reminder-outdated = This reminder is out of date. The latest one is below.
change-status = Status: { $old } → { $new }
change-opens = Opens: { $old } → { $new }
change-closes = Closes ({ $level }): { $old } → { $new }
change-closes-new = Closes ({ $level }): { $new }
change-who = Who may apply: { $old } → { $new }
change-prepare = To prepare: { $old } → { $new }
change-title = Title: { $old } → { $new }
change-nothing = not set
choice-reminder-done = Done
choice-reminder-later = Later
choice-apply-now = Start applying
choice-stop = Unsubscribe
choice-undo = Not done yet, go on
done = All right, no more reminders of “{ $title }”.
undone = All right, reminders of “{ $title }” go on.
done-note = Noted
later-ask = When shall I remind you again?
later-tomorrow = Tomorrow morning
later-workday = Next working day
later-three-days = In 3 days
later = All right, “{ $title }” again on { $at }.
later-note = Noted
later-too-late = It will be closed by then. Please choose an earlier time, or do it now.

## Subscriptions

subscribe-ask = What would you like to subscribe to? You can also write it, such as “/subscribe Suzhou”.
subscribe-ask-region = Which place? You will hear of windows there and above it (province, country).
subscribe-ask-programme = Which programme?
subscribe-ask-theme = Which theme?
subscribe-unknown = I do not know “{ $name }”. Please write a place, programme or theme, or choose one:
subscribe-admins-only = A group's subscriptions are set by its administrators. You can subscribe for yourself in a private chat with me.
choice-about-region = By place
choice-about-programme = By programme
choice-about-theme = By theme
choice-about-week = Publicity week, daily
about-window = Window: { $name }
about-programme = Programme: { $name }
about-theme = Theme: { $name }
about-region = Place: { $name }
about-week = Daily digest: { $name }
subscribed = Subscribed to “{ $name }”. You will hear on the opening day, { $ladder } working days before the end, and when something changes.
subscribed-week = Subscribed to “{ $name }”. At most one message a day during the week.
subscribed-note = Subscribed
preview =
    Coming reminders:
    { $lines }
preview-line = · { $at } { $what }
preview-opening = Opens: { $title }
preview-deadline = Before the end: { $title }
preview-internal = Before your own deadline: { $title }
preview-snooze = Again: { $title }
preview-change = Change: { $title }
preview-nothing = No window to remind you of right now. You will hear as soon as a notice is entered.
subscriptions-title = My subscriptions
subscriptions-line = { $number }. { $name }
subscriptions-none = You have no subscriptions yet.
subscription-title = { $name }
subscription-gone = This subscription has ended. See what you have: /subscriptions
subscription-ladder = { $ladder } working days before the end
subscription-at = Reminders at { $at }
subscription-quiet = Quiet hours: { $start } to { $until }
subscription-loud = No quiet hours
subscription-internal = Your own deadline: { $on }
subscription-typed = You can also write “/subscriptions 1 10,5,2 8:30”: the first one, 10, 5 and 2 working days ahead, at 8:30.
list-separator = { ", " }
choice-ladder = How many days ahead
choice-at = At what time
choice-quiet = Quiet at night
choice-loud = No quiet hours
choice-internal = My own deadline
choice-feed = Calendar address
choice-invite = Add a colleague
choice-again = Subscribe again
choice-join = Yes, subscribe
adjust-ladder = How many working days before the end?
adjust-at = At what time of day?
adjust-internal = When is your deadline inside the company? Reminders will count to that day.
adjust-days = { $ladder } days ahead
adjust-time = { $at }
adjust-day = { $on }
adjust-how = Please write the number and what to change, such as “/subscriptions 1 10,5,2 8:30”.
adjust-ladder-long = At most { $most } reminders, at most { $furthest } working days ahead. Please write fewer.
adjust-internal-window = Only a subscription to a single window can have a deadline of your own.
adjust-internal-late = { $on } will not do: it must be before the official end and not in the past.
adjusted = Changed
unsubscribed = You no longer subscribe to { $name }.
unsubscribed-still = You will still be reminded of “{ $title }” because of “{ $name }”.
choice-stop-too = Stop that one too
unsubscribed-note = Unsubscribed
invite = Ask your colleague to send me this line in a private chat to get reminders of “{ $name }”. It works for 7 days, and your colleague decides.
invite-code = /subscriptions join { $code }
invite-unknown = This invitation has expired, or cannot be used in a group. Please ask for a new one and send it in a private chat.
join-ask = A colleague invites you to subscribe to { $name }. If you agree you get the same reminders; you can end them at any time.

## Entering windows

staff-only = Entering and changing windows takes the role editor, in a private chat with me.
publish-how = Write one item a line after /publish, as the notice gives it; leave out lines you do not need. A vertical bar works as a line break.
publish-pattern =
    /publish
    title: 27th China Patent Award
    programme: China Patent Award
    opens: 2027-03-01
    closes county: 2027-03-15 17:00
    closes city: 2027-03-20
    who: patent holders
    prepare: application form; proof of ownership
    publisher: CNIPA
    document: title or number of the notice
    dated: 2027-02-26
    grade: A
extend-how = Write the window's number, the new end and the notice, such as “/extend 3 | closes city: 2027-03-27 | document: extension notice | dated: 2027-03-18”.
correct-how = Write the window's number and what changes, such as “/correct 3 | who: patent holders”.
withdraw-how = Write the window's number and the reason, such as “/withdraw 3 the notice was withdrawn”.
confirm-ask =
    { $count ->
        [one] Please check. Once confirmed, 1 subscribed chat will be told.
       *[other] Please check. Once confirmed, { $count } subscribed chats will be told.
    }
choice-confirm-publish = Publish
choice-confirm-extend = Confirm the extension
choice-confirm-correct = Confirm the correction
choice-confirm-cancel = Confirm the cancellation
choice-leave = Not now
confirmed-publish = “{ $title }” is published; subscribers are being told.
confirmed-extend = “{ $title }” is extended; subscribers are being told.
confirmed-correct = “{ $title }” is corrected; those concerned are told old and new.
confirmed-cancel = “{ $title }” is cancelled; subscribers are being told.
draft-refused = This cannot be published yet:
draft-line = Line { $line }: { $problem }
draft-field-unknown = I do not know “{ $field }”. Write each line as “title: text”.
draft-place-unknown = I do not know the place “{ $name }”.
draft-theme-unknown = I do not know the theme “{ $name }”.
draft-programme-unknown = I do not know the programme “{ $name }”. For a new programme leave this line out.
draft-level-unknown = I do not know “{ $level }”. Levels are: company, county, city, province, nation.
draft-clause-unknown = There is no clause “{ $name }”.
draft-no-date = There is no date in “{ $value }”. Please write it like 2027-03-20.
draft-date-impossible = There is no such day as { $value }.
draft-time-impossible = There is no such time as { $value }. Write it like 17:00.
window-title-missing = The title is missing.
window-source-missing = The source is missing: give its publisher and its document. A window without a source cannot be published.
window-end-missing = The end is missing.
window-grade-unknown = The source's grade is A, B or C, not “{ $grade }”.
window-link-plain = The address must begin with https://.
window-too-long = Too long: at most { $most } characters an item.
window-closes-before = The end ({ $level }) { $closes } is before the opening day { $opens }.
window-levels-crossed = The end ({ $lower }) { $first } is after the end ({ $upper }) { $second }; it should go up level by level.
window-changed-meanwhile = Somebody has just changed this window; your change was not saved. Please look at it again first.
extend-cancelled = This window was cancelled and cannot be extended. Please publish it anew.
extend-source-missing = The ground is missing: give the document and the date of the extension notice.
extend-nothing = No new end is given.
extend-no-level = There was no end ({ $level }) before. Please add it with /correct.
extend-not-later = { $wanted } is not later than { $closes }. To move it forward use /correct.
extend-past = { $wanted } is in the past. Please check the date.

## The publicity week

week-title = Publicity week today, { $on }
week-lines = { $lines }
week-line = · { $at } { $title }{ $where } ({ $organiser })
week-line-day = · { $title }{ $where } ({ $organiser })
week-where = , { $venue }
week-field-missing = { $field } is missing.
week-ends-before = The end { $until } is not later than the beginning { $at }.
field-title = The title
field-organiser = The organiser
field-source = The source
choice-register = Register: { $title }
choice-week = See this day

## Your own reminders

own-due = Reminder: { $words }
choice-own-stop = No more reminders
remind-how = Write the time first, then what of, such as “/remind tomorrow 9am pay the annual fee”.
remind-unclear = I did not understand the time.
remind-which = Which time do you mean?
remind-no-such-day = There is no such time as “{ $spelled }”. Please check.
remind-past = “{ $spelled }” is over. Please give a time to come.
remind-over = That is { $at }, which is over. Please write the day and the hour, for example “tomorrow 9am { $words }”.
remind-of-what = Of what shall I remind you? Please write it with the time, for example: remind me tomorrow at 9am to pay the annuity.
remind-long = Too long; please use at most { $most } characters.
remind-many = You have { $most } reminders already, more than anybody can read. Please cancel some first: /reminders
remind-kept = All right, on { $at } I will remind you: { $words }
remind-kept-again = All right, I will keep reminding you: { $words }. Next on { $at }.
remind-late = { $at } (goes out as soon as it can)
remind-again = again and again, next { $at }
reminders-title = My reminders
reminders-none = You have no reminders of your own yet.
choice-own-list = My reminders
choice-own-cancel = Cancel: { $words }
choice-own-cancel-at = Cancel: { $at } { $words }
own-stopped = Cancelled: { $words }
own-of-another = In a group only who set a reminder, or an administrator, can cancel it.
menu-remind = Remind me: write a time and what of
menu-reminders = My reminders: see and cancel

## Calendars

ics-opens = Opens: { $title }
ics-closes = Closes: { $title } ({ $level })
feed = Calendar address of { $name } (for you alone; asking again makes a new one and ends this one):
feed-address = { $address }
feed-private = Please ask me for the calendar address in a private chat.
feed-none = This service has no public address yet, so calendars cannot be subscribed to. Please ask the staff.
