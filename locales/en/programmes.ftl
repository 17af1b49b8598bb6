# Programmes switched off and on

## For applicants

programme-off = “{ $name }” takes no applications for now. Reason: { $reason }
programme-off-next = Please come back later, or look at other programmes.
programme-off-taken = Your last answer is noted.
programme-off-kept = All you filled in is kept and does not expire. We will tell you when it goes on, from this step.
programme-on-again = “{ $name }” takes applications again. All you filled in is there; you can go on.

## For staff

programmes-title = Programmes ({ $count }, of them { $off } switched off)
programmes-line-off = Off: { $name }
programmes-on = “{ $name }” takes applications. Drafts not handed in: { $drafts }.
programmes-off = “{ $name }” is switched off. Reason: { $reason }. Drafts not handed in, all kept: { $drafts }.
programmes-why = Why is “{ $name }” switched off? Everybody will read it:
programmes-sure = Switch off “{ $name }”? Reason: { $reason }. Drafts are kept; the people behind { $drafts } of them will be told.
programmes-words = Please write 1 to { $most } characters.
programmes-done-off = “{ $name }” is switched off.
programmes-done-on = “{ $name }” takes applications again.
programmes-already = Somebody has just changed it.
choice-programmes = All programmes
choice-programme-off = Switch off
choice-programme-on = Switch on
choice-programme-sure = Yes, switch off
