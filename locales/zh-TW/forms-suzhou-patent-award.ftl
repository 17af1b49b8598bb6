# 蘇州市優秀專利獎

suzhou-patent-award-name = 蘇州市優秀專利獎申報
suzhou-patent-award-about = 申報在蘇州實施、效益明顯的核心專利。
suzhou-patent-award-draft = 條件和材料按 2021 年的通知整理，以當年通知為準。
suzhou-patent-award-if-granted-after = 專利有效，2016 年以後授權（2021 年通知；含國防專利）
suzhou-patent-award-if-core = 是核心專利，對企業和產業有重要作用
suzhou-patent-award-if-implemented = 在蘇州實施，效益明顯
suzhou-patent-award-if-no-dispute = 沒有權屬或其他糾紛
suzhou-patent-award-if-never-won = 沒有獲得過國家、江蘇省或蘇州市的專利獎
suzhou-patent-award-if-credit = 沒有不良信用記錄
suzhou-patent-award-implementation = 在本市的實施情況
suzhou-patent-award-benefit = 經濟效益和社會效益
suzhou-patent-award-benefit-proof = 效益證明
