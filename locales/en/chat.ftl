# The words of the conversation: short, with a next step, fit to be read aloud.

## Welcome and help

welcome-title = Hello, I am Zhice, the intellectual property policy assistant
welcome-private =
    Just ask, for example “Suzhou pledge financing target 2025”.
    I only quote the documents we hold, with source and validity. What they do not say, I do not say.
welcome-group =
    Hello, I am Zhice. Mention me with a question, and I quote the intellectual property policy that answers it.
    In groups I answer policy questions only and take no personal data.
sample-finance = What is Suzhou's pledge financing target for 2025?
sample-preexam = What does the Hefei protection centre offer?
sample-talent = How many people will the Gusu talent programme recruit?
help-title = How to use Zhice
help-private =
    · Just ask; naming the place helps: “patent navigation in Suzhou”
    · Follow up: “and Hefei?”, “which department is responsible?”
    · /browse: look around by place and theme
    · /region: set the usual place, so that questions need not name it
    · /windows: application windows and coming dates; /subscribe: reminders
    · /apply: apply for support; /applications: where it stands; /remind: a reminder of your own
    · /privacy: what is kept about you, how to see and delete it
    · /language: change the language
    · /cancel or “cancel”: leave at any time
help-group =
    · Mention me with a question, or write /ask and the question
    · Reply to my message to follow up
    · /browse: look around by place and theme
    · /windows: coming dates, such as publicity week
help-limits = Answers are the documents' own words, not legal advice. Before you act, check the issuing authority's latest text.
choice-help = How to use
choice-browse = Browse documents
choice-windows = Coming dates

## Menu

menu-ask = Ask about policy: write your question after it
menu-browse = Look around by place and theme
menu-windows = Application windows and coming dates
menu-language = Change the language
menu-help = How to use
menu-cancel = Cancel and start again

## Language

language-ask = Please choose a language:
language-zh-CN = 简体中文
language-zh-TW = 繁體中文
language-en = English
language-chosen = English from now on.
language-texts = Policy texts are always quoted as they stand, in Chinese.

## Leaving, mishaps

cancel-done = Cancelled. Ask your next question whenever you like.
cancel-nothing = There is nothing to cancel. Just ask your question.
attachment-unread = I read text only. Please write your question; one sentence is enough.
command-unknown = There is no such command. Just ask, or see how to use me.
command-unknown-near = There is no such command. Do you mean /{ $near }? You can also just ask.
edited-while-asked = Editing an earlier message changes nothing that was filled in. Please send a new message for this question; to change earlier answers of a form, write “back”.
number-unknown =
    { $most ->
        [1] There is no choice { $number }, only 1. You can also just ask.
       *[other] There is no choice { $number }. Please choose from 1 to { $most }, or just ask.
    }
press-expired = This choice has expired. Please ask again.
press-of-another = This choice belongs to the person who asked. Mention me to ask your own question.
incident = Sorry, something went wrong. It has been recorded as { $number }. Please send that again; if it fails again, give this number to our staff.

## Asking

ask-empty = Please write your question, for example “patent navigation in Suzhou”.
ask-more = Please be more specific: which place, and what about it? For example “patent navigation in Suzhou”.
ask-too-long = That is too long. Please put your question in { $most } characters or fewer.
ask-spelt = “{ $typed }” was read as “{ $meant }”.
ask-back = Which one do you mean?
ask-unsure = I am not sure which clause you mean. Is it one of these?
ask-back-fact = { $name }: { $fact }
nothing-found = The documents we hold do not answer this.
nothing-region-not-held = We hold no document for { $about }, and another place's rules are no answer.
nothing-attribute-missing = The documents we hold do not state this: { $about }. I will not guess.
nothing-document-not-held = We do not hold “{ $about }”.
nothing-near = These come nearest, but may not be what you want:
nothing-held =
    We hold:
    { $held }

## The answer card

card-title = 《{ $title }》
card-title-number = 《{ $title }》 { $number }
card-place = { $region } · { $place }
card-cut = (An excerpt; see “In context” for the rest.)
card-language = Quoted in the original Chinese.
choice-context = In context
choice-related = Related clauses
choice-elsewhere = Other places
choice-others = Other answers
choice-back = Back to the answer
choice-next-page = Next page
choice-previous-page = Previous page
choice-next-clause = Next clause
choice-previous-clause = Previous clause
region-none = No particular place
context-title = 《{ $title }》 { $place }
context-page = Page { $page } of { $pages }
related-title = Clauses related to “{ $place }”
related-none = No other related clauses were found.
others-title = It might also be one of these clauses
others-none = There are no other answers.
elsewhere-title = Clauses on this subject in other places
elsewhere-none = The documents of other places have no clause on this subject.
list-line = · { $region } { $heading }: { $fact }
inline-title = { $region } · { $place }

## Validity and notices

validity-until = Valid until { $on }
validity-damaged = Validity: damaged in our copy ({ $shown }), cannot be confirmed
validity-period = Plan period { $first }–{ $last }
validity-targets = Targets for { $year }
validity-not-stated = Validity: not stated in the document
notice-damaged = ⚠ Damaged text: the figures or dates marked □ are lost in our copy. They cannot be confirmed, and nothing is filled in. Please check the issuing authority's original.
notice-repaired = Note: this passage was restored from a damaged copy. { $detail }
notice-unofficial = ⚠ Not official: this is an anonymous sample from a document-sharing site, not issued by any authority. Do not rely on it.
notice-conflict = ⚠ The same document gives a different figure elsewhere: { $detail }
notice-period-over = ⚠ The plan period ended with { $year }; its targets do not tell what was achieved.
notice-targets-over = ⚠ The year of its targets, { $year }, is over; they do not tell what was achieved.
notice-expired = ⚠ Its validity ended on { $on }; for reference only.
notice-expired-undated = ⚠ Its validity has ended; for reference only.
notice-remark = Note: { $detail }

## Browsing

browse-title = Browse the documents we hold
browse-ask = Please choose one:
browse-themes = Please choose a theme:
browse-theme =
    { $count ->
        [one] 《{ $title }》 { $theme } ({ $count } clause)
       *[other] 《{ $title }》 { $theme } ({ $count } clauses)
    }
browse-pick = Please choose a clause:
choice-all-documents = All documents
choice-back-document = Back to this document
document-facts = { $facts }
document-number = Number: { $number }
document-number-not-stated = Number: not stated
document-number-damaged = Number: damaged in our copy, cannot be confirmed
document-issuer = Issued by: { $issuer }
document-issuer-none = Issued by: not stated
document-issued = Issued: { $on }
document-issued-none = Date of issue: not stated
document-issued-damaged = Date of issue: damaged in our copy ({ $shown })
document-effective = In force from: { $on }
document-effective-none = In force from: not stated
document-effective-damaged = In force from: damaged in our copy ({ $shown })
document-expires = Valid until: { $on }
document-expires-none = Valid until: not stated
document-expires-damaged = Valid until: damaged in our copy ({ $shown })
document-period = Plan period: { $first }–{ $last }
document-targets = Year of its targets: { $year }

## Coming dates

windows-title = Coming dates
windows-ahead-days =
    { $days ->
        [one] · { $name }: { $opens } to { $closes }, in { $days } day
       *[other] · { $name }: { $opens } to { $closes }, in { $days } days
    }
windows-ahead-day =
    { $days ->
        [one] · { $name }: { $opens }, in { $days } day
       *[other] · { $name }: { $opens }, in { $days } days
    }
windows-now-days = · { $name }: on now, until { $closes }
windows-now-day = · { $name }: today
windows-awards = Dates for patent awards and project applications differ each year: that year's notice decides. No running application notice has been entered.

## The usual place

region-ask = Which place is meant here when a question names none?
region-chosen = All right. Questions that name no place are looked up for { $region } first.
region-cleared = All right. Questions that name no place are looked up everywhere.
choice-any-region = No particular place
menu-region = Set the usual place

## What the documents do not say

attribute-money = an amount
attribute-award = the amount of an award or subsidy
attribute-aid = whether there is a subsidy or a reward
attribute-owner = who owns the right
attribute-date = a date
attribute-rate = a rate
attribute-damages = the amount of damages or fines
attribute-hours = opening hours
attribute-procedure = how it is done
attribute-count = that number
attribute-fee = a fee
attribute-condition = conditions
attribute-phone = a telephone number
attribute-website = a web address
attribute-form = a form or list of papers
attribute-deadline = a period for applications
attribute-address = an address
attribute-duration = a time limit
attribute-year = a figure for { $year }

## Judging, and what others ask

choice-liked = 👍 Helpful
choice-disliked = 👎 Not it
vote-liked = Thank you, noted.
vote-disliked = Thank you, passed on to our staff. Try asking in other words.
hot-title = What others ask
hot-question = { $region }: { $question }
hot-none = Nobody has asked lately. Just ask.
menu-hot = What others ask

## In the terminal

terminal-ways = Type a question, or the number of a choice; send a file with file: and its path; leave with Ctrl+D or /quit.
terminal-elsewhere = This conversation is open in another window. Once that is closed, it goes on here (within a minute); Ctrl+C leaves.
