# What is opened outside the chat: an application to print, files for reviewers

choice-sheet = Print the application
choice-open-sheet = Open the application
sheet-ready = The application { $number } is ready to print. Sign and stamp it, and bring it with your papers.
sheet-nowhere = It cannot be opened from here: the office has no web page yet. Please print it at the counter, or apply on the web.
paper-link = The link works for { $minutes } minutes and opens once. When it is over, press again for a new one.
paper-path = Written on this machine: { $path }. It holds private details: please delete it when you are done.

web-private-sheet = Open the application
web-private-sheet-hint = It shows your organisation's and contacts' details, so mind who is beside you. Once you press the button, this link is used up.
web-private-file = Download the file
web-private-file-hint = It is an applicant's, for reviewing only. Once you press the button, this link is used up.
web-private-open = Open
web-private-over = This link no longer works
web-private-over-hint = A link opens once and ends after ten minutes. Please go back to the chat and ask for a new one.

## The application on paper

sheet-title = Application: { $name }
sheet-receipt = Receipt number: { $number }
sheet-submitted = Handed in on: { $on }
sheet-on = { $on }
sheet-given = { $given }
sheet-print = Print
sheet-how = You can also choose “Save as PDF” when printing. Sign and stamp it, and bring it with your papers.
sheet-answers = Answers
sheet-round = Number { $round }
sheet-enclosed = Enclosed
sheet-file = { $name } (handed in online)
sheet-paper = { $name } (on paper, please bring it with this form)
sheet-declared = Declaration
sheet-true = We (I) declare that the above and everything enclosed is true, complete and valid, and answer for it if it is not.
sheet-consent = On { $on } this notice on personal data was agreed to: “{ $notice }”
sheet-note = Note: { $note }
sheet-stamp = Applicant (stamp)
sheet-head = Head (signature)
sheet-contact = Contact (signature)
sheet-date = Date
sheet-foot = { $number }  Made by Zhice from what the applicant filled in online; the record in the system counts.

## Forms filled in on the web

choice-web-form = Fill it in on the web
choice-web-form-again = A new link
choice-web-form-here = It is me, go on
web-form-moved = What you fill in for “{ $name }” does not pass through this platform: please go on at our web page. Everything so far is there.
web-form-link = The link works once, for { $minutes } minutes. Please pass it on to nobody. You will hear of the outcome here.
web-form-ask = Go on here with “{ $name }”? It was begun on { $platform }.
web-form-warning = If you did not just ask for this link yourself, choose “Not now”: whoever did could read what you fill in.
web-form-over = This link no longer works. Please go back to the chat it came from and ask for a new one.
web-form-another = This web chat holds other applications already. Please clear it (top right) and open the link again, or use /link to say that both are you.
web-form-opened = Open the form
