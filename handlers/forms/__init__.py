"""Support applications: programmes as data, kinds of answers, eligibility, and the dialog as a pure state machine.

To wire it into a conversation: `form.forms()` has the programmes; `dialog.begin` starts a draft and `dialog.advance` takes each event;
`asking.shown` gives the current screen again; `drawn.draw` makes the reply and `drawn.pressed` reads a choice of it back.
Keep `Draft.plain()` sealed, and load it with `Draft.of`.
`answers.Aids` takes today's date, the wordings of a message in every language, and a reader of dates: `dates.said_date(zone, calendar)`.
While `asking.listens` holds, a bare number is an answer and not the number of a choice. `dialog.correct` reopens an application for
what staff want mended.
"""
