# Applications as a table

export-cell = { $value }
export-round = { $label } ({ $round })
export-receipt = Receipt number
export-status = Status
export-submitted = Handed in
export-due = Time set
export-reviewer = Reviewer's number
