# 對話裡的詞句。短，有下一步，讀得出來。

## 歡迎與說明

welcome-title = 您好，我是知策，知識產權政策助理
welcome-private =
    直接提問就可以，例如「蘇州 2025 年質押融資目標是多少」。
    我只引用收錄文件的原文，並註明出處與時效；沒有收錄的，就說沒有。
welcome-group =
    大家好，我是知策。@我 加上問題，就能查知識產權政策原文。
    群組裡只答政策問題，不收個人資料。
sample-finance = 蘇州 2025 年質押融資目標是多少？
sample-preexam = 合肥保護中心提供哪些服務？
sample-talent = 姑蘇知識產權人才計畫要引進多少人？
help-title = 怎麼用知策
help-private =
    · 直接提問：寫上地區更準，例如「合肥貫標目標」
    · 追問：「那蘇州呢？」「哪個部門負責？」
    · /browse 依地區和主題瀏覽
    · /region 設定常用地區，問題裡就不用每次寫
    · /windows 申報期和近期日期；/subscribe 訂閱提醒
    · /apply 申報，/applications 看進度；/remind 給自己設提醒
    · /privacy 我們保存什麼，怎麼看、怎麼刪
    · /language 切換語言
    · /cancel 或「取消」：隨時離開
help-group =
    · @我 加問題，或用 /ask 加問題
    · 回覆我的訊息就能追問
    · /browse 依地區和主題瀏覽
    · /windows 申報期和近期日期
help-limits = 答案是文件原文，不是法律意見；辦理前請以發布機關的最新文件為準。
choice-help = 怎麼用
choice-browse = 瀏覽文件
choice-windows = 近期日期

## 選單

menu-ask = 查政策：後面寫問題
menu-browse = 依地區和主題瀏覽
menu-windows = 申報期和近期日期
menu-language = 切換語言
menu-help = 怎麼用
menu-cancel = 取消，重新開始

## 語言

language-ask = 請選擇語言：
language-zh-CN = 简体中文
language-zh-TW = 繁體中文
language-en = English
language-chosen = 好的，之後都用繁體中文。
language-texts = 政策原文一律照文件原樣引用。

## 取消、意外

cancel-done = 已取消。可以直接問下一個問題。
cancel-nothing = 目前沒有進行中的事。可以直接提問。
attachment-unread = 我只看文字。請把問題寫出來，一句話就行。
command-unknown = 沒有這個指令。可以直接提問，或看看怎麼用。
command-unknown-near = 沒有這個指令。您要的是 /{ $near } 嗎？也可以直接提問。
edited-while-asked = 改以前發的訊息，不會改動已經填好的內容。現在這一題請新發一條；表裡前面填的，回覆「上一步」回去改。
number-unknown =
    { $most ->
        [1] 沒有第 { $number } 項，只有 1 項可選；也可以直接提問。
       *[other] 沒有第 { $number } 項，請選 1 到 { $most }，或直接提問。
    }
press-expired = 這個選項已失效。請再問一次。
press-of-another = 這是另一位提問者的選項。想查的話，請 @我 提問。
incident = 抱歉，剛才出了差錯，已記錄，編號 { $number }。請再傳一次；若還是不行，請把編號告訴工作人員。

## 提問

ask-empty = 請寫出您想問的，例如「合肥貫標目標」。
ask-more = 請再說具體一點：哪個地區，哪件事？例如「蘇州 專利導航」。
ask-too-long = 這段話太長了。請用不超過 { $most } 個字寫出問題。
ask-spelt = 「{ $typed }」已按「{ $meant }」理解。
ask-back = 您問的是哪一個？
ask-unsure = 不確定您問的是哪一條，是不是下面這幾條？
ask-back-fact = { $name }：{ $fact }
nothing-found = 收錄的文件裡沒有找到答案。
nothing-region-not-held = 沒有收錄{ $about }的文件，不能拿別處的規定回答。
nothing-attribute-missing = 收錄的文件沒有寫{ $about }，不能猜。
nothing-document-not-held = 沒有收錄「{ $about }」。
nothing-near = 下面幾條最接近，不一定是您要的：
nothing-held =
    目前收錄：
    { $held }

## 答案卡片

card-title = 《{ $title }》
card-title-number = 《{ $title }》{ $number }
card-place = { $region } · { $place }
card-cut = （節錄，全文見「原文上下文」）
card-language = 引文照錄文件的簡體中文原文。
choice-context = 原文上下文
choice-related = 相關條款
choice-elsewhere = 換個地區
choice-others = 其他答案
choice-back = 回到答案
choice-next-page = 下一頁
choice-previous-page = 上一頁
choice-next-clause = 下一條
choice-previous-clause = 上一條
region-none = 不屬於任何地區
context-title = 《{ $title }》{ $place }
context-page = 第 { $page } 頁，共 { $pages } 頁
related-title = 與「{ $place }」相關的條款
related-none = 沒有找到其他相關條款。
others-title = 也可能是這些條款
others-none = 沒有其他答案。
elsewhere-title = 其他地區的同類條款
elsewhere-none = 其他地區的文件裡沒有同類條款。
list-line = · { $region } { $heading }：{ $fact }
inline-title = { $region } · { $place }

## 時效與提示

validity-until = 有效期至 { $on }
validity-damaged = 有效期：原文殘缺（{ $shown }），無法確認
validity-period = 規劃期 { $first }—{ $last } 年
validity-targets = 目標年份 { $year } 年
validity-not-stated = 有效期：文件未載明
notice-damaged = ⚠ 原文殘缺：標 □ 處的數字或日期已缺失，無法確認，這裡不作推測。請以發布機關的原件為準。
notice-repaired = 說明：此處文字由殘缺的副本復原。{ $detail }
notice-unofficial = ⚠ 非官方文本：這是文件分享網站上的匿名範文，不是任何政府的文件，不能作為依據。
notice-conflict = ⚠ 同一份文件裡另有不同數字：{ $detail }
notice-period-over = ⚠ 規劃期已於 { $year } 年底結束；文中目標不代表完成情形。
notice-targets-over = ⚠ 文中目標年份 { $year } 年已過；目標不代表完成情況。
notice-expired = ⚠ 有效期已於 { $on } 屆滿，僅供查閱。
notice-expired-undated = ⚠ 有效期已屆滿，僅供查閱。
notice-remark = 說明：{ $detail }

## 瀏覽

browse-title = 瀏覽收錄的文件
browse-ask = 請選擇一份：
browse-themes = 請選擇主題：
browse-theme = 《{ $title }》{ $theme }（{ $count } 條）
browse-pick = 請選擇條款：
choice-all-documents = 全部文件
choice-back-document = 回到這份文件
document-facts = { $facts }
document-number = 文號：{ $number }
document-number-not-stated = 文號：未載明
document-number-damaged = 文號：所得副本殘缺，無法確認
document-issuer = 發文機關：{ $issuer }
document-issuer-none = 發文機關：未載明
document-issued = 發布：{ $on }
document-issued-none = 發布日期：未載明
document-issued-damaged = 發布日期：原文殘缺（{ $shown }）
document-effective = 施行：{ $on }
document-effective-none = 施行日期：未載明
document-effective-damaged = 施行日期：原文殘缺（{ $shown }）
document-expires = 有效期至：{ $on }
document-expires-none = 有效期：未載明
document-expires-damaged = 有效期：原文殘缺（{ $shown }）
document-period = 規劃期：{ $first }—{ $last } 年
document-targets = 目標年份：{ $year } 年

## 近期日期

windows-title = 近期日期
windows-ahead-days = · { $name }：{ $opens }至{ $closes }，還有 { $days } 天
windows-ahead-day = · { $name }：{ $opens }，還有 { $days } 天
windows-now-days = · { $name }：進行中，到{ $closes }為止
windows-now-day = · { $name }：就是今天
windows-awards = 專利獎和項目申報的時間每年不同，以當年通知為準；目前沒有登錄進行中的申報通知。

## 常用地區

region-ask = 這裡的問題沒寫地區時，按哪個地區查？
region-chosen = 好的。沒寫地區的問題，先按{ $region }查。
region-cleared = 好的。沒寫地區時不限地區。
choice-any-region = 不限地區
menu-region = 設定常用地區

## 文件沒有寫的事

attribute-money = 具體金額
attribute-award = 具體的獎補金額
attribute-aid = 有沒有補貼或獎勵
attribute-owner = 權利歸誰
attribute-date = 日期
attribute-rate = 比例
attribute-damages = 賠償或罰款的數額
attribute-hours = 辦公時間
attribute-procedure = 辦理方法
attribute-count = 這個數目
attribute-fee = 費用
attribute-condition = 條件
attribute-phone = 聯絡電話
attribute-website = 網址
attribute-form = 表格或資料清單
attribute-deadline = 申報時間
attribute-address = 地址
attribute-duration = 辦理時限
attribute-year = { $year } 年的數字

## 評價與大家在問

choice-liked = 👍 有用
choice-disliked = 👎 沒答對
vote-liked = 謝謝，已記下。
vote-disliked = 謝謝，已轉給工作人員改進。可以換個說法再問。
hot-title = 大家最近在問
hot-question = { $region }：{ $question }
hot-none = 最近還沒有人提問。直接問就行。
menu-hot = 大家在問什麼

## 終端機

terminal-ways = 打字提問；選項輸入前面的序號；傳檔案寫 file: 和路徑；離開用 Ctrl+D 或 /quit。
terminal-elsewhere = 另一個視窗正開著這個對話。那邊關上後這裡自動接上（最多等一分鐘）；不等就按 Ctrl+C 離開。
