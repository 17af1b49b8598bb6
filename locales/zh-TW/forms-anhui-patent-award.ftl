# 安徽省專利獎

anhui-patent-award-name = 安徽省專利獎申報（合肥）
anhui-patent-award-about = 網上申報，不收紙質材料；附件合成一個 PDF，不超過 20 MB。
anhui-patent-award-draft = 條件按第十屆的通知整理，以當屆通知為準。
anhui-patent-award-if-registered = 申報人在安徽註冊或居住
anhui-patent-award-if-granted-by = 授權公告日不晚於當屆截止日（第十屆為 2022 年 12 月 31 日）
anhui-patent-award-if-in-force = 專利有效、穩定，沒有糾紛，沒有欠費
anhui-patent-award-if-not-secret = 不是國防專利或保密專利
anhui-patent-award-if-all-agree = 全體專利權人同意，一般由第一專利權人申報
anhui-patent-award-if-implemented = 在安徽實施，效益明顯
anhui-patent-award-if-never-won = 沒有獲得過中國專利獎、中國外觀設計獎或省級專利獎
anhui-patent-award-if-projects = 每個申報人不超過 2 項：發明或實用新型 1 項，外觀設計 1 項
anhui-patent-award-projects = 本屆您一共申報幾項
anhui-patent-award-benefit = 經濟效益
anhui-patent-award-annexes = 附件合集（圖片、獲獎證書、應用證明、公告文本、專項審計報告，一個 PDF）
