# 苏州市优秀专利奖

suzhou-patent-award-name = 苏州市优秀专利奖申报
suzhou-patent-award-about = 申报在苏州实施、效益明显的核心专利。
suzhou-patent-award-draft = 条件和材料按 2021 年的通知整理，以当年通知为准。
suzhou-patent-award-if-granted-after = 专利有效，2016 年以后授权（2021 年通知；含国防专利）
suzhou-patent-award-if-core = 是核心专利，对企业和产业有重要作用
suzhou-patent-award-if-implemented = 在苏州实施，效益明显
suzhou-patent-award-if-no-dispute = 没有权属或其他纠纷
suzhou-patent-award-if-never-won = 没有获得过国家、江苏省或苏州市的专利奖
suzhou-patent-award-if-credit = 没有不良信用记录
suzhou-patent-award-implementation = 在本市的实施情况
suzhou-patent-award-benefit = 经济效益和社会效益
suzhou-patent-award-benefit-proof = 效益证明
