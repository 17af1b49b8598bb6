# 安徽省专利奖

anhui-patent-award-name = 安徽省专利奖申报（合肥）
anhui-patent-award-about = 网上申报，不收纸质材料；附件合成一个 PDF，不超过 20 MB。
anhui-patent-award-draft = 条件按第十届的通知整理，以当届通知为准。
anhui-patent-award-if-registered = 申报人在安徽注册或居住
anhui-patent-award-if-granted-by = 授权公告日不晚于当届截止日（第十届为 2022 年 12 月 31 日）
anhui-patent-award-if-in-force = 专利有效、稳定，没有纠纷，没有欠费
anhui-patent-award-if-not-secret = 不是国防专利或保密专利
anhui-patent-award-if-all-agree = 全体专利权人同意，一般由第一专利权人申报
anhui-patent-award-if-implemented = 在安徽实施，效益明显
anhui-patent-award-if-never-won = 没有获得过中国专利奖、中国外观设计奖或省级专利奖
anhui-patent-award-if-projects = 每个申报人不超过 2 项：发明或实用新型 1 项，外观设计 1 项
anhui-patent-award-projects = 本届您一共申报几项
anhui-patent-award-benefit = 经济效益
anhui-patent-award-annexes = 附件合集（图片、获奖证书、应用证明、公告文本、专项审计报告，一个 PDF）
