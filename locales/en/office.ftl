# For staff: working days, the programme of the publicity week, reminders after an outage.

## Working days

alert-workdays = There is no table of working days for { $year } yet. Until there is, they are counted by weekends, which will differ from the real holidays. When the State Council's notice is out, please enter it: /workdays
choice-workdays = Enter working days
workdays-known = Working days are known for { $first } to { $last }.
workdays-how = When the State Council's notice is out, write it behind /workdays like this: the year in the first line, a line for each festival, then the weekend days that are worked, and the notice. Writing a known year again corrects it. The dates below only show the form; take them from the notice.
workdays-pattern =
    /workdays { $year }
    new-year: { $year }-01-01 - { $year }-01-03
    spring: { $year }-02-05 - { $year }-02-11
    qingming: { $year }-04-03 - { $year }-04-05
    labour: { $year }-05-01 - { $year }-05-05
    dragon-boat: { $year }-06-09 - { $year }-06-11
    mid-autumn: { $year }-09-15 - { $year }-09-17
    national: { $year }-10-01 - { $year }-10-07
    work: { $year }-02-14; { $year }-10-09
    publisher: General Office of the State Council
    document: title or number of the notice
    dated: { $before }-11-04
workdays-refused = This cannot be entered yet:
workdays-year = Please write nothing but the year in the first line, for example “/workdays 2027”.
workdays-festival-unknown = “{ $name }” is not known. Please write one of new-year, spring, qingming, labour, dragon-boat, mid-autumn, national, or work, publisher, document, dated.
workdays-empty = No days off are given.
workdays-backwards = { $first } is later than { $last }; please check.
workdays-other-year = { $day } does not belong to the arrangement of { $year }; please check.
workdays-both = { $day } is both off and worked; please check.
workdays-plain = { $day } is a working day anyway and need not stand under “work”. Please check whether it is a slip.
workdays-source-missing = The source is missing: both publisher and document. A table without a source is not used.
workdays-dated-missing = The date of the notice is missing.
workdays-title = Working days of { $year }
workdays-break = · { $festival }: { $first } to { $last }, { $days ->
    [one] { $days } day
   *[other] { $days } days
}
workdays-worked =
    Weekend days that are worked:
    { $list }
workdays-worked-day = · { $day }
workdays-confirm-ask = Please compare it with the notice. Once confirmed, the reminders of all windows still open are counted anew by it.
choice-workdays-confirm = Enter it
workdays-confirmed = The working days of { $year } are entered; reminders are being counted anew.
festival-new-year = New Year
festival-spring = Spring Festival
festival-qingming = Qingming
festival-labour = Labour Day
festival-dragon-boat = Dragon Boat Festival
festival-mid-autumn = Mid-Autumn Festival
festival-national = National Day

## Programme of the publicity week

menu-week = Programme of the publicity week
week-programme = National IP Publicity Week { $year }: programme
week-when = { $opens } to { $closes }.
week-none = Nothing is entered yet. Subscribe to the daily programme, and you will hear on the morning of each day that has something.
week-day-line = { $on } { $line }
week-numbered = [{ $number }] { $line }
week-how = To enter the programme, write it behind /week, one item a line, its parts separated by bars; leave empty what is not known. A number in front corrects that item.
week-pattern =
    /week
    { $year }-04-20 | 09:30-11:00 | Opening | Suzhou Library | City IP office | the document | https://where-to-register
week-refused = This cannot be entered yet:
week-unknown = There is no item number { $number }.
week-outside = Note: { $on } is outside the publicity week (20 to 26 April) and will not be in a daily programme.
week-check = { $count ->
    [one] Please check this item
   *[other] Please check these { $count } items
}
choice-week-confirm = Enter it
week-confirmed = { $count ->
    [one] Entered one item.
   *[other] Entered { $count } items.
} Subscribers hear on the morning of the day, once a day at most; calendars update by themselves.
choice-week-off = Take off: { $title }
week-taken-off = “{ $title }” is taken off. Programmes not sent yet will not have it.
choice-programme = The programme

## After an outage

alert-catchup = After an outage, { $count ->
    [one] one reminder is late and is
   *[other] { $count } reminders are late and are
} held back. Please have a look and decide: /catchup
choice-catchup = Have a look
catchup-title = Late reminders found { $at }: { $count }
catchup-window = · { $title }: { $count }, the earliest was due { $at }
catchup-week = · Daily programme of the publicity week: { $count }, the earliest was due { $at }
catchup-own = · People's own reminders: { $count }, the earliest was due { $at }
catchup-means = If sent, each says that it is late and when it was due; those past their deadline or replaced by a newer one are not sent. If not, all are dropped.
choice-catchup-send = Send
choice-catchup-drop = Send none
catchup-none = Nothing is held back; all is well.
catchup-decided-already = Somebody has decided this already.
catchup-sent = Very well, { $count } are on their way; those past their use are not sent.
catchup-dropped = Very well, none of the { $count } is sent.
