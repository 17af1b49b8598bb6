# 对话里的词句。短,有下一步,读得出来。

## 欢迎与帮助

welcome-title = 您好，我是知策，知识产权政策助手
welcome-private =
    直接发问就行，例如“苏州 2025 年质押融资目标是多少”。
    我只引用收录文件的原文，并注明出处和时效；没有的就说没有。
welcome-group =
    大家好，我是知策。@我 加上问题，就能查知识产权政策原文。
    群里只答政策问题，不收个人信息。
sample-finance = 苏州 2025 年质押融资目标是多少？
sample-preexam = 合肥保护中心能提供哪些服务？
sample-talent = 姑苏知识产权人才计划引进多少人？
help-title = 怎么用知策
help-private =
    · 直接发问：写上地区更准，如“合肥保护中心服务”
    · 追问：“那苏州呢？”“哪个部门负责？”
    · /browse 按地区和主题浏览
    · /region 设定常用地区，问题里就不用每次写
    · /windows 申报窗口和近期日期；/subscribe 订阅提醒
    · /apply 申报，/applications 看进度；/remind 给自己设提醒
    · /privacy 我们保存什么，怎么看、怎么删
    · /language 换语言
    · /cancel 或“取消”：随时退出
help-group =
    · @我 加问题，或用 /ask 加问题
    · 回复我的消息可以追问
    · /browse 按地区和主题浏览
    · /windows 申报期和近期日期
help-limits = 答案是文件原文，不是法律意见；办理前请以发布机关的最新文件为准。
choice-help = 怎么用
choice-browse = 浏览文件
choice-windows = 近期日期

## 菜单

menu-ask = 查政策：后面写问题
menu-browse = 按地区和主题浏览
menu-windows = 申报期和近期日期
menu-language = 换语言
menu-help = 怎么用
menu-cancel = 取消，重新开始

## 语言

language-ask = 请选择语言：
language-zh-CN = 简体中文
language-zh-TW = 繁體中文
language-en = English
language-chosen = 好的，以后用简体中文。
language-texts = 政策原文始终按文件原样引用。

## 取消、意外

cancel-done = 已取消。可以直接问下一个问题。
cancel-nothing = 没有要取消的。可以直接提问。
attachment-unread = 我只看文字。请把问题写出来，一句话就行。
command-unknown = 没有这个命令。可以直接提问，或看看怎么用。
command-unknown-near = 没有这个命令。您要的是 /{ $near } 吗？也可以直接提问。
edited-while-asked = 改以前发的消息，不会改动已经填好的内容。现在这一题请新发一条；表里前面填的，回复“上一步”回去改。
number-unknown =
    { $most ->
        [1] 没有第 { $number } 项，只有 1 项可选；也可以直接提问。
       *[other] 没有第 { $number } 项，请选 1 到 { $most }，或直接提问。
    }
press-expired = 这个选项已失效。请再问一次。
press-of-another = 这是另一位提问者的选项。想查的话，请 @我 提问。
incident = 抱歉，刚才出了差错，已记录，编号 { $number }。请再发一次；还不行，请把编号告诉工作人员。

## 提问

ask-empty = 请写出您想问的，例如“合肥保护中心有哪些服务”。
ask-more = 请再说具体一点：哪个地区，哪件事？例如“苏州 专利导航”。
ask-too-long = 这段话太长了。请用不超过 { $most } 个字写出问题。
ask-spelt = “{ $typed }”已按“{ $meant }”理解。
ask-back = 您问的是哪一个？
ask-unsure = 不确定您问的是哪一条，是不是下面这几条？
ask-back-fact = { $name }：{ $fact }
nothing-found = 收录的文件里没有找到答案。
nothing-region-not-held = 没有收录{ $about }的文件，不能用别处的规定回答。
nothing-attribute-missing = 收录的文件没有写{ $about }，不能猜。
nothing-document-not-held = 没有收录“{ $about }”。
nothing-near = 下面几条最接近，不一定是您要的：
nothing-held =
    目前收录：
    { $held }

## 答案卡片

card-title = 《{ $title }》
card-title-number = 《{ $title }》{ $number }
card-place = { $region } · { $place }
card-cut = （节选，全文见“原文上下文”）
card-language = 引文照录文件原文。
choice-context = 原文上下文
choice-related = 相关条款
choice-elsewhere = 换个地区
choice-others = 其他答案
choice-back = 回到答案
choice-next-page = 下一页
choice-previous-page = 上一页
choice-next-clause = 下一条
choice-previous-clause = 上一条
region-none = 不属于任何地区
context-title = 《{ $title }》{ $place }
context-page = 第 { $page } 页，共 { $pages } 页
related-title = 与“{ $place }”相关的条款
related-none = 没有找到相关的其他条款。
others-title = 也可能是这些条款
others-none = 没有其他答案。
elsewhere-title = 其他地区的同类条款
elsewhere-none = 其他地区的文件里没有同类条款。
list-line = · { $region } { $heading }：{ $fact }
inline-title = { $region } · { $place }

## 时效与提示

validity-until = 有效期至 { $on }
validity-damaged = 有效期：原文残缺（{ $shown }），无法确认
validity-period = 规划期 { $first }—{ $last } 年
validity-targets = 目标年份 { $year } 年
validity-not-stated = 有效期：文件未载明
notice-damaged = ⚠ 原文残缺：我们所得的副本里，标 □ 处的数字或日期已缺失，不作推测。请以发布机关的原件为准。
notice-repaired = 说明：此处与所得副本不同，经整理复原。{ $detail }
notice-unofficial = ⚠ 非官方文本：这是文档网站上的匿名范文，不是任何机关印发的，不能作为依据。
notice-conflict = ⚠ 同一文件另有名称相近、数字不同的指标：{ $detail }
notice-period-over = ⚠ 规划期已于 { $year } 年底结束；文中目标不代表完成情况。
notice-targets-over = ⚠ 文中目标年份 { $year } 年已过；目标不代表完成情况。
notice-expired = ⚠ 有效期已于 { $on } 届满，仅供查阅。
notice-expired-undated = ⚠ 有效期已届满，仅供查阅。
notice-remark = 说明：{ $detail }

## 浏览

browse-title = 浏览收录的文件
browse-ask = 请选择一份：
browse-themes = 请选择主题：
browse-theme = 《{ $title }》{ $theme }（{ $count } 条）
browse-pick = 请选择条款：
choice-all-documents = 全部文件
choice-back-document = 回到这份文件
document-facts = { $facts }
document-number = 文号：{ $number }
document-number-not-stated = 文号：未载明
document-number-damaged = 文号：所得副本残缺，无法确认
document-issuer = 发文机关：{ $issuer }
document-issuer-none = 发文机关：未载明
document-issued = 发布：{ $on }
document-issued-none = 发布日期：未载明
document-issued-damaged = 发布日期：原文残缺（{ $shown }）
document-effective = 施行：{ $on }
document-effective-none = 施行日期：未载明
document-effective-damaged = 施行日期：原文残缺（{ $shown }）
document-expires = 有效期至：{ $on }
document-expires-none = 有效期：未载明
document-expires-damaged = 有效期：原文残缺（{ $shown }）
document-period = 规划期：{ $first }—{ $last } 年
document-targets = 目标年份：{ $year } 年

## 近期日期

windows-title = 近期日期
windows-ahead-days = · { $name }：{ $opens }至{ $closes }，还有 { $days } 天
windows-ahead-day = · { $name }：{ $opens }，还有 { $days } 天
windows-now-days = · { $name }：进行中，到{ $closes }为止
windows-now-day = · { $name }：就是今天
windows-awards = 专利奖和项目申报的时间每年不同，以当年通知为准；目前没有录入正在进行的申报通知。

## 常用地区

region-ask = 这里的问题没写地区时，按哪个地区查？
region-chosen = 好的。没写地区的问题，先按{ $region }查。
region-cleared = 好的。没写地区时不限地区。
choice-any-region = 不限地区
menu-region = 设定常用地区

## 文件没有写的事

attribute-money = 具体金额
attribute-award = 具体的奖补金额
attribute-aid = 有没有补贴或奖励
attribute-owner = 权利归谁
attribute-date = 日期
attribute-rate = 比例
attribute-damages = 赔偿或罚款的数额
attribute-hours = 办公时间
attribute-procedure = 办理方法
attribute-count = 这个数目
attribute-fee = 费用
attribute-condition = 条件
attribute-phone = 联系电话
attribute-website = 网址
attribute-form = 表格或材料清单
attribute-deadline = 申报时间
attribute-address = 地址
attribute-duration = 办理时限
attribute-year = { $year } 年的数字

## 评价与大家在问

choice-liked = 👍 有用
choice-disliked = 👎 没答对
vote-liked = 谢谢，已记下。
vote-disliked = 谢谢，已转给工作人员改进。可以换个说法再问。
hot-title = 大家最近在问
hot-question = { $region }：{ $question }
hot-none = 最近还没有人提问。直接问就行。
menu-hot = 大家在问什么

## 终端

terminal-ways = 打字提问；选项输入前面的序号；发文件写 file: 和路径；离开用 Ctrl+D 或 /quit。
terminal-elsewhere = 另一个窗口正开着这个对话。那边关上后这里自动接上（最多等一分钟）；不等就按 Ctrl+C 离开。
