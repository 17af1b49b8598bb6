# 示範企業創建

demo-enterprise-name = 國家知識產權示範企業創建申報
demo-enterprise-about = 在國家系統填報後，由市局審核、省局推薦。
demo-enterprise-if-base = 一般應為國家知識產權優勢企業，或知識產權制度健全並有省級以上榮譽
demo-enterprise-is-advantage = 是國家知識產權優勢企業嗎
demo-enterprise-honours = 省級以上榮譽
demo-enterprise-evidence = 佐證材料（對照評價指標）
