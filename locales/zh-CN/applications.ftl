# Applying for support, and what became of applications

menu-apply = 申报：看条件、填材料
menu-applications = 我的申报：草稿、进度

choice-apply = 新的申报
choice-applications = 我的申报
choice-all-programmes = 全部项目
choice-paper = 交纸质材料
form-on-paper = 交纸质材料

apply-private = 申报要填企业信息，只能私聊办理。请点我的头像私聊，发送 /{ $command }。
apply-where = 想申报哪里的项目？
apply-whole-country = 全国
apply-which = 请选项目，先帮您看条件：
apply-which-place = 这项各地分开办理，您在哪里办？选一个，先帮您看条件：
apply-none = 没有找到这个项目。
apply-gone = 这个项目或申报已不在这里了。发送 /applications 看您的申报。
apply-go-on = 继续填：{ $name }
apply-too-many-drafts = 同时最多填 { $most } 份。请先填完或删掉一份：
apply-too-many-today = 今天已提交 { $most } 份，请明天再来。
apply-done-with = 这份草稿已经提交、删除，或交给同事了。
apply-elsewhere = 这份申报刚刚在别处有了变动，这次操作没有生效。请发送 /applications 看最新状态。
apply-receipt = 受理编号 { $number }
apply-bring = 记得交纸质材料：
apply-bring-line = · { $label }
apply-next = 请保存编号。发送 /applications 随时看进度。
apply-corrected = 补正已提交，工作人员会继续审核。

applications-title = 我的申报
applications-none = 您还没有申报。
applications-line = { $number } { $name }：{ $status }
applications-open = 查看 { $number }
applications-event = { $at }　{ $status }
applications-correction = 需要补正：{ $reason }
choice-correct = 现在补正
choice-withdraw = 撤回申报
choice-withdraw-yes = 确定撤回
choice-withdraw-no = 不撤回
withdraw-ask = 撤回 { $number } 后不能恢复，确定吗？
withdraw-done = { $number } 已撤回。
withdraw-not = { $number } 现在是“{ $status }”，不能再撤回。有疑问请联系工作人员。

stray-drafts = 这条没有填进表里：您的申报还没有打开。要接着填，请选下面的草稿；要查政策，写出地区和想问的事。
stray-none = 这像是填申报表用的内容，但现在没有打开的申报，没有填进任何表里。要申报，请先选项目；要查政策，写出地区和想问的事。
stray-in-group = 请不要把单位和个人的信息发在群里。要申报，请私聊我，回复“申请”。
