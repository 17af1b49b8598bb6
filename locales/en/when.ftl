# Times: what was understood, and what is asked when it was not.

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

when-day = { $weekday }, { $on }
when-day-limit = by { $weekday }, { $on }
when-instant = { $weekday }, { $on }, { $time }
when-instant-limit = before { $weekday }, { $on }, { $time }
when-range = { $start }, to { $end }
when-at = { $what }, { $time }

when-assumed = Only a part of the day was said; taken as { $time }.
when-estimated = The days off of one of these years are not published yet: its working days are estimated from weekends.
when-today = That is today.
when-left =
    { $days ->
        [one] In { $days } day
       *[other] In { $days } days
    }, { $workdays ->
        [one] { $workdays } working day
       *[other] { $workdays } working days
    }
when-ago =
    { $days ->
        [one] { $days } day ago
       *[other] { $days } days ago
    }

when-which = Not sure which time is meant. One of these?
when-none-of-these = If none of them, please be more exact, for example “Friday 9 am” or “April 20, 2027”.
when-unclear = Not sure which time is meant. Please be more exact, for example “Friday 9 am” or “April 20, 2027”.
when-invalid = There is no such date or time. Please check it.
when-past = That time is over. Please choose a later one.
when-past-was = That time is over: { $was }. Please choose a later one.

when-on-deadline = on the day of the deadline
when-before-deadline = { $length } before the deadline
when-after-deadline = { $length } after the deadline
when-length = { $first } { $second }
when-months =
    { $count ->
        [one] { $count } month
       *[other] { $count } months
    }
when-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
when-workdays =
    { $count ->
        [one] { $count } working day
       *[other] { $count } working days
    }
when-hours =
    { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
when-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
when-seconds =
    { $count ->
        [one] { $count } second
       *[other] { $count } seconds
    }

when-every-hourly =
    { $count ->
        [one] every hour
       *[other] every { $count } hours
    }
when-every-daily =
    { $count ->
        [one] every day
       *[other] every { $count } days
    }
when-every-weekly =
    { $count ->
        [one] every week
       *[other] every { $count } weeks
    }
when-every-monthly =
    { $count ->
        [one] every month
       *[other] every { $count } months
    }
when-every-yearly =
    { $count ->
        [one] every year
       *[other] every { $count } years
    }
when-every-quarter = every quarter
when-every-workday = every working day
when-rule = { $every }, { $day }
when-on = on { $days }
when-list = { $first }, { $second }
when-and = { $first } and { $second }
when-month =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[other] December
    }
when-month-day = day { $day }
when-last-day = the last day
when-last-days = day { $day } from the end
when-nth =
    { $number ->
        [1] the first { $what }
        [2] the second { $what }
        [3] the third { $what }
        [4] the fourth { $what }
       *[other] { $what } no. { $number }
    }
when-last = the last { $what }
when-nth-last = { $what } no. { $number } from the end
when-workday = working day
