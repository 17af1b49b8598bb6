# 辦理期限

deadline-working-days = { $count } 個工作日
deadline-days = { $count } 天
deadline-most = 辦理期限：{ $on }（{ $span }內，依據：{ $publisher }，{ $date }）。
deadline-least = 至少到 { $on }（不少於 { $span }，依據：{ $publisher }，{ $date }）。
deadline-estimated = 日期按週末推算，待國辦通知。
deadline-most-over = 已過期限。
deadline-least-over = 期限已滿，可以進入下一步。
escalated-late = { $number }（{ $name }）還是「{ $status }」，辦理期限 { $on } 已過，請盡快處理。
escalated-over = { $number }（{ $name }）「{ $status }」的期限 { $on } 已滿，可以進入下一步。
