# 在对话之外打开的东西：打印用的申报书、审核用的附件

choice-sheet = 打印申报书
choice-open-sheet = 打开申报书
sheet-ready = { $number } 的申报书可以打印，签字盖章后随纸质材料交来。
sheet-nowhere = 这里打不开申报书：单位的网页还没有开通。请到窗口打印，或在网页上办理。
paper-link = 链接 { $minutes } 分钟内有效，只能打开一次；过期了再点一次就有新的。
paper-path = 已写到这台机器上：{ $path }。里面有单位和个人信息，用完请删除。

web-private-sheet = 打开申报书
web-private-sheet-hint = 里面有单位和联系人的信息，请确认旁边没有别人。点下面的按钮后，这个链接就用完了。
web-private-file = 下载附件
web-private-file-hint = 这是申报人的材料，只供审核使用。点下面的按钮后，这个链接就用完了。
web-private-open = 打开
web-private-over = 这个链接已经不能用了
web-private-over-hint = 链接只能打开一次，十分钟后失效。请回到对话里再要一个新的。

## 申报书

sheet-title = { $name }申报书
sheet-receipt = 受理编号：{ $number }
sheet-submitted = 提交日期：{ $on }
sheet-on = { $on }
sheet-given = { $given }
sheet-print = 打印
sheet-how = 也可以在打印时选“另存为 PDF”。签字盖章后，随纸质材料交来。
sheet-answers = 填报内容
sheet-round = 第 { $round } 项
sheet-enclosed = 附件
sheet-file = { $name }（已在线提交）
sheet-paper = { $name }（纸质，请随本表提交）
sheet-declared = 申报声明
sheet-true = 本单位（本人）承诺：以上内容和所附材料真实、完整、有效，如有不实，愿承担相应责任。
sheet-consent = 已于 { $on } 同意个人信息处理告知：“{ $notice }”
sheet-note = 说明：{ $note }
sheet-stamp = 申报单位（盖章）
sheet-head = 负责人（签字）
sheet-contact = 经办人（签字）
sheet-date = 　　　　年　　　月　　　日
sheet-foot = { $number }　由知策根据申报人在线填报的内容生成，以系统中的记录为准。

## 表在网页上填

choice-web-form = 到网页上填写
choice-web-form-again = 换一个新链接
choice-web-form-here = 是我，继续填
web-form-moved = “{ $name }”的内容不经过这个平台：请到我们的网页上填，填过的都在。
web-form-link = 链接 { $minutes } 分钟内有效，只能用一次，请不要转给别人。有结果会在这里通知您。
web-form-ask = 要在这里接着填“{ $name }”吗？它是在 { $platform } 上开始的。
web-form-warning = 链接不是您自己刚刚取的，请选“先不”：不然您填的内容，取链接的人也能看到。
web-form-over = 这个链接已经不能用了。请回到原来的对话里，再取一个新的。
web-form-another = 这个网页对话里已经有别的申报。请先点右上角清空对话，再打开这个链接；或者用 /link 把两处连成同一个人。
web-form-opened = 打开申报链接
