# How long an application may or must stand where it is

deadline-working-days = { $count ->
    [one] { $count } working day
   *[other] { $count } working days
}
deadline-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
deadline-most = To be done by { $on } (within { $span }; { $publisher }, { $date }).
deadline-least = At least until { $on } (no less than { $span }; { $publisher }, { $date }).
deadline-estimated = Counted by weekends; the State Council's notice for that year is not out yet.
deadline-most-over = That time is over.
deadline-least-over = That time is over; the next step may follow.
escalated-late = { $number } ({ $name }) still stands at “{ $status }”, though it was to be done by { $on }. Please see to it.
escalated-over = { $number } ({ $name }): the time of “{ $status }” ended on { $on }; the next step may follow.
