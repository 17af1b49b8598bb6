# 申報對話裡的詞句。每句都有下一步

## 沒有接受回答的原因

refused-empty = 這裡還沒有內容，請再發一次。
refused-too-long = 太長了，請縮短到 { $most } 個字以內。
refused-too-short = 太短了，至少要 { $least } 個字。
refused-file-unwanted = 這一題要文字，不用發檔案。
refused-file-wanted = 請發檔案：點附件，選檔案或拍照都可以。
refused-files-most = 最多 { $most } 個檔案。可以合成一個 PDF 再發。
refused-file-type = 這種檔案打不開，請換成：{ $accept }。
refused-file-large = 檔案太大，請壓縮到 { $most } MB 以內。
refused-file-empty = 檔案是空的，請重新選一個。
refused-company = 請寫全稱，與執照一致。
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
refused-nice = 請寫 1 到 45 的類別號，多個用逗號隔開。
refused-region = 沒找到這個地方，請寫區縣全稱。
refused-region-outside = 這個地方不在本項目的地區範圍內，請換一個；不確定可以問工作人員。
refused-rows-most = 最多 { $most } 行，請刪減後再發。
refused-row-cells = 第 { $row } 行應有 { $columns } 項，用逗號隔開。請改好後把這一條重發。
refused-row = 第 { $row } 行的「{ $column }」：{ $reason }
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
