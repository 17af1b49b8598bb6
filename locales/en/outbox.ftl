# Told to staff: how sending stands

alert-outbox-paused = Nothing is being sent: { $reason }. When all is well, have an operator run zhice outbox resume.
alert-outbox-slow = An answer has been waiting for { $minutes } minutes. Have an operator look at zhice outbox stats.
alert-batch-paused = Notice { $batch } was paused after too many errors: { $reason }. Open it with /compose, look, then go on or cancel it.
alert-send-blocked = { $account } has sent nothing since { $since }: { $reason }. The messages are kept and go out by themselves afterwards. Have an operator look; a refused token must be replaced.
alert-poll-conflict = Another program has been taking the messages of { $account } with the same token since { $since }. Please stop one of them.
alert-poll-locked = The platform has refused the token of { $account } since { $since }: nothing comes in. Have an operator put in the new one.
alert-poll-offline = The platform of { $account } cannot be reached since { $since }: { $reason }. It is tried again by itself.
alert-poll-stalled = What comes in for { $account } cannot be stored since { $since }; the platform keeps it meanwhile. Have an operator look at database and disk.
alert-unknown = { $count ->
    [one] One message of the last day may or may not have arrived; it was not sent again. It is listed by zhice outbox unknown.
   *[other] { $count } messages of the last day may or may not have arrived; they were not sent again. They are listed by zhice outbox unknown.
}
alert-over-paused = Messages go out again (paused since { $since }).
alert-over-slow = Answers go out in time again (slow since { $since }).
alert-over-batch = Notice { $name } is not paused any more (since { $since } it was).
alert-over-send = { $name } sends again (it did not since { $since }).
alert-over-poll = { $name } hears the platform again (it did not since { $since }).
too-fast = That was quick: your last message was not taken. Please send it again in { $seconds } seconds; all before it is kept.
too-fast-group = There is a lot going on here, and your last message was not taken. Please ask again in { $seconds } seconds.
