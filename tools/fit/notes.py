"""Made texts for placeholders.py: what stands in round brackets because the draft is not ready, and what stands there in a finished one.

`wanted` tells somebody what is still to be written, looked up or changed; `remark` says something to those who read or hear the
finished text. Both are made of the same things, so that no noun by itself decides."""

NOUNS = '基本情况 工作背景 主要做法 存在问题 主要风险点 趋势判断 任务目标 工作要求 先进事迹 合作内容 责任分工 完成时限 政策依据 组织过程 取得成效 主要经验 会议议程 历史沿革 区位优势 产业结构 投资规模 参加人员 受益范围 资金来源 评选过程 下一步打算 需要答复的事项 值得推广的做法 群众反映'.split()
OF = ['', '', '', '本单位', '本地', '今年以来的', '上半年的', '近三年的', '当前', '本次活动的', '该项目的', '全镇']
VERBS = '说明 概括 概述 简述 列出 列举 介绍 描述 阐述 分析 总结 回顾 点明 交代 引用 写明 写清 填写 注明 归纳 梳理 提炼 补充 插入 展开'.split()
CHORES = '核 核对 核实 查 查证 补 补充 改 修改 换 删 展开 确认 统一 重写 润色 斟酌 完善 压缩 更新'.split()
PARTS = '这段 此段 这一段 这句话 此句 这里 此处 这部分 原话 原文 口径 出处 数字 数据 例子 案例 名单 提法 表述 标题 年份 职务 排序 人名 地名 时间 内容 全称 这个数'.split()
CASES = '例子 事例 案例 典型 故事 数字 片段'.split()
WHO = '统计局 财务科 办公室小刘 老王 秘书科 县志办 业务股 主任 局里 各科室 组织部 小周 教育局 会务组'.split()
SIZE = ['', '', '', '', '，约200字', '，两三句话', '，不超过一段', '，用数据说话', '；注意与前文衔接', '，三百字左右', '，分条列出', '，要有本地特点', '；事实与判断分开', '。', '。']


MEASURES = '个 名 家 户 万元 亿元 个百分点 场 件 公里 亩 套 人次 万人 项 米 位 吨 处 天'.split()
NAMES = '小周 老王 老刘 小陈 张科长 李主任 刘秘书 王局 郑镇长 孙会计'.split()
MENDS = '补 核 定 改 填 查 补一下 核一下 再核 再改改 报数 填数 给数 把关 加一段 确认 落实 看一下 润色 找一下 提供'.split()
FLAWS = '与前文重复 太长 太空 不顺 太虚 不够具体 和上面矛盾 口气太硬 有点绕'.split()
DOES = '邀请媒体 安排合影 请领导致辞 发放纪念品 安排工作餐 保留这一段 公开 点名 写进去 单列 合并 提这件事'.split()


def amount(rnd):
    """An amount that nobody knows yet."""
    return rnd.choice(['几', '多少', '多少', '几十', '百分之几', '百分之多少', '第几', 'X', '十几', '几点几']) + rnd.choice(MEASURES)


def doubt(rnd, kind):
    """What stands in the place of a number or a name of which the writer is not sure."""
    office, other = rnd.sample(WHO, 2)
    if kind == 'num':
        return rnd.choice([lambda: amount(rnd) + '？', lambda: amount(rnd) + '？', lambda: f'{rnd.randint(2, 90)}{rnd.choice(MEASURES)}？', lambda: '？？', lambda: '？？？', lambda: '??', lambda: f'{rnd.randint(2, 90)}%？', lambda: '待' + office + rnd.choice(['核', '核实', '核对', '提供', '确认', '补'])])()
    return rnd.choice([lambda: office + '？', lambda: f'{office}/{other}？', lambda: f'{office}？{other}？', lambda: '？？', lambda: '？？？', lambda: '待' + office + rnd.choice(['定', '确认', '核', '补'])])()


def aside(rnd):
    """A note to somebody who writes, between two points, without brackets."""
    part, who = rnd.choice(PARTS), rnd.choice(WHO)
    return rnd.choice([
        lambda: f'@{rnd.choice(NAMES + WHO)}{rnd.choice(["", " "])}{rnd.choice(MENDS)}', lambda: f'@{rnd.choice(NAMES)}{rnd.choice(["", " ", "，"])}{part}{rnd.choice(["再", "请", ""])}{rnd.choice(CHORES)}',
        lambda: f'{rnd.choice(["此处", "这里", "此段", "本段", "这段", "这一段", "此处请", "这里再", "这里要"])}{rnd.choice(["补充", "加", "补", "插入", "举", "写", "补写", "加上"])}{rnd.choice(["", "一个", "两个", "一段", "几句"])}{rnd.choice(CASES + NOUNS)}',
        lambda: f'{part}{rnd.choice(["再", "要再", "还要", "请", "需", "要"])}{rnd.choice(CHORES)}{rnd.choice(["", "一下", "一遍"])}',
        lambda: f'{part}{rnd.choice(["请", "待", "由", "让"])}{who}{rnd.choice(CHORES)}{rnd.choice(["", "一下"])}',
        lambda: f'@{rnd.choice(NAMES)}{rnd.choice(["", " "])}{rnd.choice(["定一下", "问问", "看看", "想一下"])}{rnd.choice(["谁牵头", "几点开始", "放在哪里", "多少合适", "怎么写", "请谁来讲"])}',
        lambda: f'{part}待{who}{rnd.choice(["核", "补", "提供", "确认", "核实"])}',
    ])()


def spoken(rnd):
    """What is like that in a finished text."""
    part, who, noun, n = rnd.choice(PARTS[7:]), rnd.choice(WHO[:2] + WHO[4:9]), rnd.choice(NOUNS), rnd.randint(2, 9)
    return rnd.choice([
        lambda: f'这里，我再{rnd.choice(["补充", "强调", "说明", "讲"])}{rnd.choice(["一点", "几句", "一个情况"])}。', lambda: f'在这里{rnd.choice(["说明一下", "补充一句", "举一个例子", "介绍一下"])}，大家可以参考。',
        lambda: f'{part}{rnd.choice(["更新及时", "分析透彻", "核实无误", "补充完整", "修改到位", "统一规范", "总结得好"])}。', lambda: f'经{who}{rnd.choice(["核实", "核对", "确认"])}，情况属实。',
        lambda: f'待{who}{rnd.choice(["核实", "核定", "确认", "审核"])}后{rnd.choice(["公布", "兑付", "实施", "上报"])}。', lambda: f'有的{rnd.choice(["亟待", "有待", "尚待"])}{rnd.choice(["核实", "补充", "完善", "确认", "更新"])}。',
        lambda: f'{rnd.choice(["钱", "人", "地", "路"])}从哪来？{rnd.choice(["靠改革", "靠大家", "自己找", "向上争"])}。', lambda: f'{rnd.choice(["好不好", "行不行", "难不难", "值不值", "怕不怕"])}？{rnd.choice(["我看行", "群众说了算", "难", "大家都清楚"])}。',
        lambda: f'{rnd.choice(["缺钱", "缺人", "要地", "没项目", "怕担责", "不会干"])}？{rnd.choice(["可以想办法", "那就学", "县里来协调", "大家一起上"])}。', lambda: f'是{who}的事？还是{rnd.choice(WHO[4:9])}的事？{rnd.choice(["都是", "谁也说不清", "大家一起干"])}。',
        lambda: f'“{rnd.choice(["真的", "办好了", "不用跑了", "就这么简单", "一分钱不花"])}？”{rnd.choice(["老王", "大娘", "群众"])}不敢相信。', lambda: f'为什么？？因为{noun}不清。', lambda: f'增速回落{n}个百分点，怎么看？一要看大势。',
        lambda: f'群众在网上@{rnd.choice(["县长", "书记", "住建局", "供电公司"])}，{rnd.choice(["说路灯不亮", "反映停水", "给我们点赞", "请求核实情况"])}。', lambda: f'群里一天{n}次@所有人，要求{rnd.choice(["填表", "补材料", "核对数字", "上报数据"])}。', lambda: f'话题#{noun}#{rnd.choice(["登上热搜", "阅读量过亿", "引发关注"])}。',
        lambda: f'每斤￥{n}.8，礼盒￥{n}8。', lambda: f'温度{n}℃～{n + 9}℃，水深{n}～{n + 2}米。', lambda: f'{rnd.choice(["说话", "办事", "走路", "写材料"])}要讲{rnd.choice(["几个", "多少", "几分"])}道理，{rnd.choice(["有几个", "多少人", "还有多少"])}做到了？', lambda: f'下降几个百分点不要紧，减少多少{rnd.choice(["项目", "收入"])}才要紧。',
        lambda: f'学会C++，会用Excel，扣分--，加分++。', lambda: f'得分＝A×60%＋B×40%。', lambda: f'选（A）的占三成，选（B）的占七成。', lambda: f'这里{rnd.choice(["要", "需要", "还要", "我想", "特别", "", "有必要"])}{rnd.choice(["着重", "特别", "专门", "顺便", "简要", "重点", ""])}{rnd.choice(["说明", "指出", "讲一下", "讲讲", "提一下", "介绍一下", "回顾一下", "分析一下", "强调", "说一说", "谈一谈"])}{rnd.choice(["", noun, noun + "的问题", "，" + noun + "十分重要"])}。',
        lambda: f'是{who}？还是{rnd.choice(WHO[4:9])}？我记不清了。', lambda: f'为什么无关，主任？主任，我想请教一个问题。',
    ])()


def thing(rnd):
    return rnd.choice(OF) + rnd.choice(NOUNS)


def things(rnd):
    some = [thing(rnd) for _ in range(rnd.choice([1, 1, 2, 3]))]
    return some[0] if len(some) == 1 else '、'.join(some[:-1]) + rnd.choice('和、与及') + some[-1]


def wanted(rnd):
    """What is still to be done."""
    verb, chore, part, who = (rnd.choice(x) for x in (VERBS, CHORES, PARTS, WHO))
    return rnd.choice([
        lambda: verb + things(rnd) + rnd.choice(SIZE), lambda: verb + things(rnd) + rnd.choice(SIZE),
        lambda: verb + things(rnd) + rnd.choice(SIZE), lambda: '请' + verb + things(rnd) + rnd.choice(SIZE),
        lambda: rnd.choice(['此处', '这里', '此段', '本段']) + rnd.choice(['', '', '请', '再', '要']) + verb + things(rnd) + rnd.choice(SIZE),
        lambda: f'用{rnd.choice(["一段话", "几句话", "数据", "实例"])}{verb}{thing(rnd)}',
        lambda: f'{rnd.choice(["结合", "根据"])}{rnd.choice(["本地", "本单位", "本部门", "本镇", "自身"])}实际{rnd.choice(["修改", "填写", "补充", "调整", "展开", verb + thing(rnd)])}',
        lambda: f'{part}{rnd.choice(["再", "要", "还要", "需要", "请", "需", "待"])}{chore}{rnd.choice(["", "一下", "一遍", ""])}',
        lambda: f'{part}{rnd.choice(["请", "由", "待", "让"])}{who}{chore}{rnd.choice(["", "一下"])}',
        lambda: f'{rnd.choice(["和", "跟", "与", "找", "请", "问"])}{who}{rnd.choice(["再", ""])}{chore}{rnd.choice(["", "一下"])}{part}',
        lambda: f'{rnd.choice(["再", ""])}{chore}{rnd.choice(["", "一下", "一遍"])}{part}',
        lambda: f'{rnd.choice(["举", "补", "加", "找", "换"])}{rnd.choice(["一个", "两个", "一两个", "几个", "个"])}{rnd.choice(CASES)}',
        lambda: f'{rnd.choice(["加", "补", "写", "讲"])}一{rnd.choice(["段", "句", "点"])}{rnd.choice(["关于", ""])}{thing(rnd)}{rnd.choice(["的内容", "", "的话"])}',
        lambda: f'{part}{rnd.choice(["不准", "对不对", "是否准确", "有没有变化", "记不清了", "不确定"])}，{rnd.choice(["再", "问" + who, "请" + who])}{chore}',
        lambda: f'{rnd.choice(["是不是", "是否"])}{rnd.choice(["这个数", "这个提法", "这样表述", "今年", "他"])}？{rnd.choice(["问", "请", "找"])}{who}',
        lambda: f'{part}{rnd.choice(["待补", "待核", "待定", "后补", "暂缺", "未定", "没拿到"])}',
        lambda: amount(rnd) + rnd.choice(['？', '', '？' + who, '，' + who + rnd.choice(MENDS)]), lambda: f'{who}{rnd.choice(["再", "", ""])}{rnd.choice(MENDS)}', lambda: f'{rnd.choice(["是否", "要不要", "能否", "可否"])}{rnd.choice(DOES)}{rnd.choice(["？", "", "，请示" + rnd.choice(NAMES), "？待定"])}',
        lambda: f'{part}{rnd.choice(FLAWS)}，{rnd.choice(["酌删", "再改", "再压一压", "考虑删去", "换个说法"])}', lambda: f'{rnd.choice(NAMES)}说{rnd.choice(["大概", "估计", "可能是"])}{rnd.randint(3, 90)}{rnd.choice(MEASURES)}，{rnd.choice(["未定", "再核", "没最后定", "等正式数"])}',
        lambda: f'{rnd.choice(["标准", "单位", "人数", "名称", "时间", "哪个镇", "哪个支部", "谁牵头", "谁来讲", "哪天", "几点", "第几"])}？{rnd.choice(["", "", who + rnd.choice(MENDS)])}', lambda: f'@{rnd.choice(NAMES)}{rnd.choice(["", " "])}{rnd.choice(MENDS)}', lambda: f'以上{rnd.choice(["数据", "数字", "内容"])}{rnd.choice(["截至9月，", "为去年的，", "不全，", ""])}{rnd.choice(["需", "要", "还要", "请"])}{rnd.choice(["更新", "核对", "补全", "重新核"])}',
        lambda: f'可{rnd.choice(["引用", "加", "举", "讲", "用"])}一{rnd.choice(["句", "个", "段"])}{rnd.choice(["古诗", "俗语", "例子", "群众的话", "身边的事"])}', lambda: f'{rnd.choice(["加", "换", "补"])}一句{rnd.choice(["群众语言", "有力的话", "过渡的话", "结尾"])}',
    ])()


def remark(rnd):
    """What a finished text says by the way."""
    noun, part, who, verb, n = thing(rnd), rnd.choice(PARTS[7:]), rnd.choice(WHO), rnd.choice(VERBS), rnd.randint(2, 40)
    return rnd.choice([
        lambda: f'{noun}见附件{rnd.choice(["", "1", "2"])}', lambda: f'{part}见{rnd.choice(["附件", "附表", "文末", "第三部分"])}', lambda: f'据{who}{rnd.choice(["介绍", "统计", "说明", "核实"])}',
        lambda: f'经{who}{rnd.choice(["核实", "核对", "确认", "同意"])}', lambda: f'{part}{rnd.choice(["已核实", "已更新", "有改动", "略有删改", "未经审计", "为快报数", "截至6月底"])}', lambda: f'以{part}为准',
        lambda: f'{rnd.choice(["按可比价格计算", "根据录音整理", "根据现场记录整理，未经本人审阅", "有删改", "略有改动", "按姓氏笔画排列", "经修改补充", "引用时有删节", "摘自会议简报"])}',
        lambda: f'{rnd.choice(["含", "不含", "包括", "主要是", "重点是", "指", "即", "特别是", "尤其是", "如", "比如"])}{things(rnd)}', lambda: f'{noun}和{thing(rnd)}',
        lambda: f'共{n}{rnd.choice(["家", "人", "项", "处"])}', lambda: f'{rnd.choice(["其中", "比上年", "同比增长", "约占"])}{n}{rnd.choice(["%", "家", "个百分点"])}', lambda: f'{verb}{rnd.choice(["如下", "见后", "从略说起", "完毕"])}',
        lambda: f'{rnd.choice(["掌声", "播放", "展示", "宣读", "介绍"])}{rnd.choice(["专题片", "获奖名单", "来宾", "图片", "完毕", "响起"])}', lambda: f'由{who}{rnd.choice(["牵头", "负责", "主办", "提供支持"])}', lambda: f'{who}{rnd.choice(["代表", "负责同志", "原负责人"])}',
        lambda: f'{rnd.choice(["原", "现", "时任", "又称", "俗称", "简称"])}{rnd.choice(NOUNS[10:20])[:4]}', lambda: rnd.choice(['对不对？', '是不是？', '好不好？', '听得见吗？', '为什么呢？', '大家说对不对？']), lambda: rnd.choice(['谁主管谁负责', '多劳多得', '哪里有问题改哪里', '缺什么补什么', '几户合用一井', '多数是老人', '几代人的心愿', '每亩补多少另行规定', '可自愿参加', '可提前预约', '是否参保以系统为准', '以县统计局核定数为准']), lambda: f'{who}{rnd.choice(["供稿", "宣", "摄", "牵头落实", "具体负责", "已公示"])}',
        lambda: rnd.choice([f'后改为{thing(rnd)}', f'按表{n}列出', f'后来{rnd.choice(["改称", "改为", "更名为", "改成"])}{noun}', f'详细数字列于表{n}', f'这是{who}在会上的发言要点。原文刊载于去年第{n}期简报。', f'原稿经{who}修改', f'修改后的{noun}另行印发']), lambda: f'第{n}次修改', lambda: rnd.choice(['修改稿', '讨论稿', '审议稿', '送审稿', '定稿', '补充件', '更新版', '核准件', '介绍信', '写真', '换言之', '改编自真人真事', '加粗部分', '查无此人', '写在前面', '说明：以上为快报数', '确认函', '展开式', '问号']),
    ])()
