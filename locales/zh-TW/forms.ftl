# 申報對話裡的詞句。每句都有下一步

## 沒有接受回答的原因

refused-empty = 這裡還沒有內容，請再發一次。
refused-required = 這一題要填，不能跳過。手頭沒有，可以回覆「稍後」，已填的都會留著。
refused-too-long = 太長了，請縮短到 { $most } 個字以內。
refused-too-short = 太短了，至少要 { $least } 個字。
refused-file-unwanted = 這一題要文字，不用發檔案。
refused-file-wanted = 請發檔案：點附件，選檔案或拍照都可以。
refused-files-most = 最多 { $most } 個檔案。可以合成一個 PDF 再發。
refused-file-type = 這種檔案打不開，請換成：{ $accept }。
refused-file-large = 檔案太大，請壓縮到 { $most } MB 以內。
refused-file-empty = 檔案是空的，請重新選一個。
refused-company = 請寫全稱，與執照一致。
refused-company-short = 「{ $given }」像是簡稱。請寫全稱，與執照或證書一致，如帶「有限公司」「大學」「研究院」的名稱。
refused-name = 請寫姓名，中文 2 到 20 個字，或拉丁字母。
refused-email = 信箱寫得不對，看看是不是少了 @ 或後綴。
refused-number = 請寫一個整數。
refused-number-range = 請寫 { $least } 到 { $most } 之間的整數。
refused-percent = 請寫 0 到 100 之間的百分數。
refused-money = 沒看懂金額，請寫數字和單位。
refused-money-large = 「{ $given }」超過 100 億元，是不是多寫了零？請再寫一次。
refused-money-unit = 「{ $given }」按萬元算超過 100 億元，您是不是想寫元？請連單位一起寫。
refused-money-cents = 金額最多到分，請再寫一次。
refused-yes-no = 請點選，或回答「是」或「否」。
refused-confirm = 同意才能繼續；不同意可以隨時退出。
refused-choice = 請從選項裡選。
refused-date = 沒看懂日期，請寫年月日。
refused-date-early = { $given }早於{ $begun }，請核對後再寫一次。
refused-nice = 請寫 1 到 45 的類別號，多個用逗號隔開。
refused-region = 沒找到這個地方，請寫區縣全稱。
refused-region-outside = 這個地方不在本項目的地區範圍內，請換一個；不確定可以問工作人員。
refused-rows-most = 最多 { $most } 行，請刪減後再發。
refused-row-cells = 第 { $row } 行應有 { $columns } 項，用逗號隔開。請改好後把這一條重發。
refused-row = 第 { $row } 行的「{ $column }」：{ $reason }
refused-uscc-none = 這裡要填統一社會信用代碼，18 位數字和字母。
refused-uscc-length = 應為 18 位，您寫的是 { $count } 位。
refused-uscc-letter = 代碼裡沒有字母 { $letter }，看看是不是 0、1、2、5 看成了字母。
refused-uscc-shape = 第 3 到 8 位應是數字，請對照執照再寫一次。
refused-uscc-check = 校驗碼對不上，可能有一位寫錯了，請對照執照再寫一次。
refused-identity = 身分證號不對，請核對 18 位號碼。
refused-patent-shape = 專利號是 8 位或 12 位數字加一位校驗碼。
refused-patent-check = 校驗位對不上，可能有一位寫錯了，請對照證書再寫一次。
refused-pct = 請寫 PCT 國際申請號。
refused-trademark = 請寫商標註冊號，最多 8 位數字。
refused-madrid = 請寫 6 或 7 位的國際註冊號。
refused-ipc = 請寫 IPC 分類號。
refused-software = 請寫軟著登記號。
refused-right = 沒認出這個權利編號，請寫專利號、商標註冊號或登記號。
refused-mobile = 請寫 11 位的中國大陸手機號。
refused-phone = 請寫區號和號碼。
refused-postcode = 郵遞區號是 6 位數字。

## 例子

example-name = 張敏
example-company = 蘇州某某科技有限公司
example-address = 蘇州市吳江區某某路 1 號
example-email = name@example.com
example-number = 12
example-percent = 60%
example-money = 500萬元，或 5,000,000元
example-date = 2026-03-01
example-region = 吳江區
example-nice = 9, 35, 42
example-uscc = 91350100M000100Y43
example-patent = ZL201710601862.3
example-application = 201710601862.3
example-pct = PCT/CN2024/123456
example-trademark = 12345678
example-madrid = 1234567
example-ipc = H04L9/32
example-software = 2024SR0123456
example-right = ZL201710601862.3
example-mobile = 13800138000
example-phone = 0512-65221234
example-postcode = 215000

## 申報條件

form-title = { $name }
form-draft = 提示：{ $note }
form-overview = 先看條件。下面幾條都符合嗎？
form-condition-line = · { $condition }
form-condition = 條件 { $number } / { $of }：{ $condition }
form-condition-source = 出處：{ $publisher }，{ $date }
form-condition-source-undated = 出處：{ $publisher }，未註明日期
form-condition-sources = 出處：{ $publisher }等 { $count } 處
form-condition-draft = 這一條公開渠道無法核實，以當年通知為準。
form-condition-fits = 您符合嗎？
form-may = 按您的回答，符合目前收錄的條件。最終以主辦方審核為準。
form-open = 沒有發現不符合的條件，但有幾條無法核實：
form-may-not = 按您的回答，有條件不符合：
form-may-not-next = 可以繼續填寫，由工作人員判斷；也可以先退出。
form-short = · 不符合：{ $condition }
form-short-least = · 不符合：{ $condition }。要求不少於 { $limit }{ $unit }，您填的是 { $given }{ $unit }。
form-short-most = · 不符合：{ $condition }。要求不超過 { $limit }{ $unit }，您填的是 { $given }{ $unit }。
form-short-below = · 不符合：{ $condition }。要求低於 { $limit }，您填的是 { $given }。
form-unsure = · 您不確定：{ $condition }
form-unverified = · 公開渠道無法核實，以當年通知為準：{ $condition }
choice-all-fit = 都符合
choice-one-by-one = 逐條看
choice-fits = 符合
choice-fails = 不符合
choice-unsure = 不確定
choice-go-on = 繼續填寫
choice-restart = 重新開始

## 個人資料與已有資料

form-consent-ask = 同意後開始填寫。
choice-agree = 同意並開始
form-offer = 這些以前填過，還對嗎？
choice-take-all = 都對，直接用
choice-decline = 重新填

## 提問

form-ask = { $number } / { $of }　{ $label }
form-ask-round = { $number } / { $of }　第 { $round } 輪：{ $label }
form-optional = 可以不填。
form-example = 例如：{ $example }
form-money-unit = 不寫單位按萬元算。
form-files = 可以發：{ $accept }，最多 { $most } 個。
form-files-not-here = 這裡還不能傳檔案，請選「交紙本材料」。
form-rows = 每行一條，一次可以發多行；發完回覆「完成」。
form-choices = 可以多選，選好後點「完成」。
form-pieces = 已收到：{ $given }
form-kept = 現在填的是：{ $given }
form-known = 以前填的是：{ $given }
form-reason = 需要補正：{ $reason }
form-why = { $label }：{ $why }
form-why-usual = 這一項按慣例列出，以主辦方當年的表格為準。
choice-yes = 是
choice-no = 否
choice-done = 完成
choice-keep = 保持不變
choice-take = 用以前的
choice-skip = 跳過
choice-step-back = 上一步
choice-why = 為什麼問
choice-later = 稍後再填
choice-cancel = 取消
form-chosen = ✓ { $option }

## 填好的內容

form-summary = 都填好了。請核對，沒問題就提交：
form-line = { $number }. { $label }：{ $given }
form-line-round = { $number }. { $label }（{ $round }）：{ $given }
form-skipped = 未填
form-aside = 另有 { $count } 項以前填的內容與現在的選擇無關，已收起，不會提交。
form-summary-next = 要改哪一項，回覆序號或點「修改」。
form-pick-edit = 要改哪一項？
choice-submit = 提交
choice-change = 修改
choice-to-summary = 回到核對
form-money-wan = { $amount } 萬元
form-money-yuan = { $amount } 元
form-percent = { $amount }%
form-list = { $first }、{ $rest }
form-cells = { $first } / { $rest }
form-lines = { $first }；{ $rest }
form-masked = 尾號 { $last }

## 中途的事

form-stale = 這是前面的選項，沒有改動。現在請看這一題：
form-unneeded = 請從下面選一個。要先辦別的事，回覆「稍後」，填的內容會留著；不辦了，回覆「取消」。
form-between = 申報還停在這裡，接著來：
form-nothing-before = 前面沒有問題了。
form-moved = 因為您的修改：{ $count } 項內容暫時用不上，已收起；改回來會自動恢復。
form-returned = 以前填過的已恢復：{ $labels }
form-changed = 申報內容有更新。您填的都保留著。
form-changed-aside = 不再需要的 { $count } 項已收起。
form-changed-added = 新增要填：{ $labels }
form-saved = 好的，已保存。回覆「繼續」隨時接著填。
form-saved-blank = 好的，先不填，還沒有填過內容。想填的時候回覆「繼續」。
form-cancelled = 已退出，填的內容還保留著。回覆「繼續」接著填；不要了可以刪除。
form-cancelled-blank = 已退出，還沒有填過內容。想填的時候回覆「繼續」；不要了可以刪除。
form-discarded = 草稿已刪除。
form-submitted = 已於 { $at } 提交。有補正或結果會在這裡通知您。
choice-resume = 繼續填寫
choice-discard = 刪除草稿
form-purpose-eligibility = 先看條件，免得填完才發現不符合。拿不準就「逐條看」，每條都有出處；這一步不留單位資訊。
form-purpose-verdict = 有條件沒有滿足。您可以先不申報，也可以繼續填，最終由主辦方審核。
form-purpose-consent = 下面要填單位和聯絡人的資訊，要先得到您的同意；不同意也可以照常查政策。
form-purpose-offer = 這些是您以前填過的，用上可以少填幾題；不用就一題一題填。
form-purpose-summary = 提交前請核對一遍，哪項不對就改哪項；提交以後工作人員才看得到。
