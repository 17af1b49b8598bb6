# 示范企业创建

demo-enterprise-name = 国家知识产权示范企业创建申报
demo-enterprise-about = 在国家系统填报后，由市局审核、省局推荐。
demo-enterprise-if-base = 一般应为国家知识产权优势企业，或知识产权制度健全并有省级以上荣誉
demo-enterprise-is-advantage = 是国家知识产权优势企业吗
demo-enterprise-honours = 省级以上荣誉
demo-enterprise-evidence = 佐证材料（对照评价指标）
