# Applications as a table

export-cell = { $value }
export-round = { $label } ({ $round })
export-receipt = Receipt number
export-status = Status
export-submitted = Handed in
export-due = Time set
export-reviewer = Reviewer's number

## Exporting in the chat

choice-export = Export to Excel
choice-export-all = All programmes
choice-export-masked = Contacts masked
choice-export-full = In full
choice-open-export = Download the table
export-which = Applications of which programme?
export-why = Please say why; it is written to the log:
export-how = Which kind?
export-ready = The table is ready; applications in it: { $count }.
export-nowhere = The table cannot be opened here: the office's web page is not switched on. Ask the operator to export it at the command line.
export-limit = No more than { $most } exports a day. Please come back tomorrow.

web-private-export = Download the table of applications
web-private-export-hint = It holds details of applicants, for reviewing only. The button below uses this link up.
