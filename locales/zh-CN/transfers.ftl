# 一次性码：把申报交给同事，把几个平台连成同一个人

menu-link = 在几个平台上用同一份申报

code-private = 一次性码只能在私聊里用。请点我的头像私聊再发；在群里出现过的码请作废，重新取一个。
link-private = 多平台绑定只能私聊办理。请点我的头像私聊，发送 /link。
code-how = 请发送 /code 加一次性码。没有码的话：请交给您申报的同事在“我的申报”里点“交给同事”；要连接另一个平台上的自己，请先在那边发送 /link。
code-unknown = 这个码不对，请核对后再发，或请对方重新取一个。
code-expired = 这个码已过期。请对方重新取一个。
code-used = 这个码已经用过。请对方重新取一个。
code-too-many = 输错太多次，请一小时后再试。
code-not = 好的，什么都没有改。
choice-not-me = 先不

choice-hand-on = 交给同事
hand-on-which = 把哪一份交给同事？
hand-on-nothing = 现在没有可以交给同事的申报。
hand-on-numbered = { $number } { $name }
hand-on-code = 一次性码：{ $code }
hand-on-how = 请单独发给同事，24 小时内有效，只能用一次。让同事私聊我，发送：/code { $code }
hand-on-means = 同事接过去以后，这份申报就归同事办理，您这里不再显示；接手时会通知您。
choice-void = 作废这个码
hand-on-void = 这个码已作废，申报还在您这里。
hand-on-ask = 接手这份申报：{ $name }？
hand-on-consent = 填过的内容和附件都在，由您接着办，通知也发给您。对方会收到通知。
choice-take-over = 接着办
hand-on-done = 已接手：{ $name }。
hand-on-own = 这份申报本来就在您这里。
hand-on-gone = 这份申报已经办结、撤回或删除，不能再接手。
hand-on-too-many = 同时最多填 { $most } 份。请先填完或删掉一份，再发一次这个码。
hand-on-told = 您的申报“{ $name }”已由同事用您给的码接手。
hand-on-told-number = 您的申报 { $number }（{ $name }）已由同事用您给的码接手。
hand-on-told-next = 以后的通知发给同事。如果不是您给的码，请马上联系工作人员。

link-none = 您现在只在这里和我对话。
link-title = 以下平台和这里是同一个人：
link-place = · { $platform }
link-what = 连接以后，草稿、申报和常用资料在几个平台上是同一份，也一起查看、一起删除。
choice-links = 连接的平台
choice-link-code = 取连接码
choice-part = 断开：{ $platform }
link-code = 连接码：{ $code }
link-how = 请在另一个平台上私聊我，发送：/code { $code }
link-secret = 10 分钟内有效，只能用一次。不要发给别人：用了它的人能看到您的申报。
link-ask = 把这里和下面的平台合成同一个人？
link-ask-comes = 这里的 { $drafts } 份草稿、{ $applications } 份申报和常用资料会合过去。
link-warning = 只有码是您自己取的才继续：合并后，那边能看到、修改和删除这里的申报。
choice-same-person = 是我，合并
link-done = 已连接。草稿、申报和常用资料在两边是同一份。
link-same = 两边已经是同一个人了。连接码要在另一个平台上用。
link-told = “{ $platform }”上有人用您的连接码连到了这里，现在能看到您的申报。不是您的话，请马上断开。
link-gone = 那边已经断开了。
link-parted = 已断开“{ $platform }”。申报都留在这里。
link-parted-told = 这里已和“{ $platform }”断开，那边的申报在这里不再显示。
