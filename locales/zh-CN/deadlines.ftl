# 办理期限

deadline-working-days = { $count } 个工作日
deadline-days = { $count } 天
deadline-most = 办理期限：{ $on }（{ $span }内，依据：{ $publisher }，{ $date }）。
deadline-least = 至少到 { $on }（不少于 { $span }，依据：{ $publisher }，{ $date }）。
deadline-estimated = 日期按周末推算，待国办通知。
deadline-most-over = 已过期限。
deadline-least-over = 期限已满，可以进入下一步。
escalated-late = { $number }（{ $name }）还是“{ $status }”，办理期限 { $on } 已过，请尽快处理。
escalated-over = { $number }（{ $name }）“{ $status }”的期限 { $on } 已满，可以进入下一步。
