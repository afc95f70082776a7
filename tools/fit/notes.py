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
        lambda: f'{rnd.choice(["原", "现", "时任", "又称", "俗称", "简称"])}{rnd.choice(NOUNS[10:20])[:4]}', lambda: f'第{n}次修改', lambda: rnd.choice(['修改稿', '讨论稿', '审议稿', '送审稿', '定稿', '补充件', '更新版', '核准件', '介绍信', '写真', '换言之', '改编自真人真事', '加粗部分', '查无此人', '写在前面', '说明：以上为快报数', '确认函', '展开式', '问号']),
    ])()
