# 江苏专利奖

jiangsu-patent-award-name = 江苏专利奖申报
jiangsu-patent-award-about = 申报专利项目或发明人，由设区市预审推荐。
jiangsu-patent-award-draft = 官方申报书尚未见到，专利信息以外的内容参照中国专利奖，以当届通知为准。
jiangsu-patent-award-if-granted-by = 授权公告日不晚于当届截止日（第二届为 2024 年 12 月 31 日），发明、实用新型、外观设计都可以
jiangsu-patent-award-if-holder = 专利权人是江苏的企业、机构或个人（申报发明人的，须为主要发明人且为江苏常住居民）
jiangsu-patent-award-if-benefit = 创新性高或设计独特，效益明显，符合产业和环保政策
jiangsu-patent-award-if-protection = 已有保护措施
jiangsu-patent-award-award-track = 申报类别
jiangsu-patent-award-award-track-project = 专利项目
jiangsu-patent-award-award-track-inventor = 发明人
jiangsu-patent-award-inventor-resident = 发明人是江苏常住居民吗
jiangsu-patent-award-benefits = 经济、社会和生态效益
jiangsu-patent-award-measures = 保护措施
jiangsu-patent-award-evidence = 证明材料
jiangsu-patent-award-credit-promise = 信用承诺书
