# 江蘇專利獎

jiangsu-patent-award-name = 江蘇專利獎申報
jiangsu-patent-award-about = 申報專利項目或發明人，由設區市預審推薦。
jiangsu-patent-award-draft = 官方申報書尚未見到，專利資訊以外的內容參照中國專利獎，以當屆通知為準。
jiangsu-patent-award-if-granted-by = 授權公告日不晚於當屆截止日（第二屆為 2024 年 12 月 31 日），發明、實用新型、外觀設計都可以
jiangsu-patent-award-if-holder = 專利權人是江蘇的企業、機構或個人（申報發明人的，須為主要發明人且為江蘇常住居民）
jiangsu-patent-award-if-benefit = 創新性高或設計獨特，效益明顯，符合產業和環保政策
jiangsu-patent-award-if-protection = 已有保護措施
jiangsu-patent-award-award-track = 申報類別
jiangsu-patent-award-award-track-project = 專利項目
jiangsu-patent-award-award-track-inventor = 發明人
jiangsu-patent-award-inventor-resident = 發明人是江蘇常住居民嗎
jiangsu-patent-award-benefits = 經濟、社會和生態效益
jiangsu-patent-award-measures = 保護措施
jiangsu-patent-award-evidence = 證明材料
jiangsu-patent-award-credit-promise = 信用承諾書
