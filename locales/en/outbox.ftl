# Told to staff: how sending stands

alert-outbox-paused = Nothing is being sent: { $reason }. When all is well, have an operator run zhice outbox resume.
alert-outbox-slow = An answer has been waiting for { $minutes } minutes. Have an operator look at zhice outbox stats.
alert-batch-paused = The notice { $batch } is paused: { $reason }. Please check it, then go on or cancel it.
alert-trouble = { $name } has not been working since { $since }: { $reason }. Please have an operator look.
alert-unknown = { $count ->
    [one] One message of the last day may or may not have arrived; it was not sent again. It is listed by zhice outbox unknown.
   *[other] { $count } messages of the last day may or may not have arrived; they were not sent again. They are listed by zhice outbox unknown.
}
too-fast = That was quick, and I need a moment. Please write again in { $seconds } seconds; what you did before is kept.
too-fast-group = There is a lot going on here, and I need a moment. Please ask again in { $seconds } seconds.
