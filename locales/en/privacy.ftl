# One's own data: what is kept, looking at it, deleting it. And a word about applications left unfinished

menu-privacy = My data: what is kept, see it, delete it

choice-my-data = See my data
choice-delete-me = Delete my data
choice-delete-sure = Delete everything
choice-keep-data = Keep it

privacy-private = Your own data is shown and deleted in a private chat only. Open one with me and send /{ $command }.
privacy-title = Your data
privacy-questions = Questions: your last few in each chat, to understand a follow-up; deleted after 30 days without another. Unanswered ones are kept for our staff without names, numbers and addresses.
privacy-applications = Applications: what you fill in, and your usual details so that you need not type them again. A draft goes after { $days } days untouched; { $years } years after the end only number, programme, status and times stay.
privacy-reminders = Reminders: your subscriptions and your own reminders, until you cancel them.
privacy-safe = All of it is kept encrypted. Staff see contact details masked; to see them in full they must give a reason, which is logged.
privacy-consent = The notice shown before you apply:

data-title = What we keep about you
data-nothing = Nothing is kept about you but this conversation.
data-since = First here: { $on }
data-questions = Recent questions: { $count }
data-web-chat = Lines in the web chat: { $count }
data-drafts = Applications not handed in: { $count }
data-applications = Applications handed in: { $count }
data-profile = Usual details for the next application: { $count }
data-subscriptions = Subscriptions: { $count }
data-reminders = Your own reminders: { $count }
data-log = Log entries, in which you are a code: { $count }
data-linked = Linked platform: { $platform }
data-line = · { $words }
data-questions-title = Recent questions
data-reminders-title = Your own reminders
data-draft-title = Not handed in: { $name }
data-case-title = { $number } { $name }
data-no-answers = Nothing filled in yet.
data-shortened = This is a summary, with identity numbers cut short. /applications shows where each stands. For everything, ask our staff.
data-whole = Everything

delete-title = Delete all your data?
delete-goes = What goes: questions, conversations, drafts, answers and files of applications, usual details, subscriptions and reminders.
delete-withdrawn = Applications still open are withdrawn: { $count }.
delete-stays = What stays: number, programme, status and times of applications; a code in the log that leads to nobody; that messages and notices were delivered to you, without their words. What you gave to a colleague is the colleague's.
delete-linked = What you have on linked platforms goes, too:
delete-staff = You will not be linked to your staff account any more.
delete-kept = All right, nothing was deleted.
delete-final = It cannot be undone.
deleted-note = Deleted
deleted = Your data has been deleted. Come back any time; we will meet as if for the first time.

quiet-draft = Your application for “{ $name }” is not finished. What you filled in is kept until { $until }.
quiet-correction = Your application for “{ $name }” still waits for your corrections.
apply-discard-ask = Delete the draft of “{ $name }”? It cannot be undone.
